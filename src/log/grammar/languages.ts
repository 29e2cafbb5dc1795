import { memo } from '../memo.ts';

/** What logs in other languages call the things of a training, longest words first. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/学习率|學習率|学習率|학습률/gu, 'lr'],
  [
    /训练集?|學習用?|学習用?|训练阶段|훈련|학습|entrenamiento|treinamento|treino|entra[iî]nement/gu,
    'train',
  ],
  [/验证集?|驗證集?|検証用?|검증|validaci[oó]n|valida[cç][aã]o|валидаци[ия]/gu, 'val'],
  [/测试集?|測試集?|テスト|테스트|тест/gu, 'test'],
  [/损失函?数?值?|損失|손실|p[eé]rdida|perda|perte|verlust|потери|ошибка/gu, 'loss'],
  [/准确率|準確率|正确率|正確率|正解率|정확도|acur[aá]cia|genauigkeit|точность/gu, 'accuracy'],
  [/第?轮次?|エポック|에포크|[eé]poca|[eé]poque/gu, 'epoch'],
  [/步数|迭代次?数?|ステップ|스텝|шаг/gu, 'step'],
  [/平均|평균|среднее/gu, 'avg'],
  [/总|總|合計/gu, 'total'],
  [/扩散|擴散|拡散/gu, 'diffusion'],
  [/召回率|再現率|재현율/gu, 'recall'],
  [/精确率|精確率|适合率|適合率|정밀도/gu, 'precision'],
  [/奖励|獎勵|報酬|보상/gu, 'reward'],
  [/最佳|最优|最良|最高/gu, 'best'],
  [/保存|저장/gu, 'saved'],
];

const MAY_BE_FOREIGN =
  /[^\x00-\x7f]|^(?:entrenamiento|treinamento|treino|entrainement|validacion|validacao|perdida|perda|perte|verlust|acuracia|genauigkeit|epoca|epoque)$/iu;

/** A word in the words of English logs: `训练损失` → `train`, `loss`; one of English alone. */
export const inEnglish = memo((word: string): readonly string[] => {
  if (!MAY_BE_FOREIGN.test(word)) return [word];
  const told = MEANINGS.reduce(
    (text, [meaning, english]) => text.replace(meaning, ` ${english} `),
    word.toLowerCase(),
  );
  const words = told.split(/[\s_]+/).filter((piece) => piece !== '');
  return words.some((piece) => /^[a-z]+$/.test(piece)) ? words : [word];
});
