import type { ModuleCode } from '../code/moduleCode.ts';
import type { Lines } from './lines.ts';

/** What code does that is no builder, the plainest first. */
const SIGNS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [
    /\bloadGraphModel\b/,
    () => 'loads a graph model, whose layers are not there to be changed or trained',
  ],
  [
    /\b(?:mobilenet|posenet|cocoSsd|ml5|knnClassifier|handpose|bodyPix|use|toxicity)\.\w+(?=\()/,
    (found) => `uses a ready-made model (\`${found}\`), and none is put together here`,
  ],
  [
    /\btf\.(?:variable|matMul|conv2d)\b|\.matMul(?=\()|\.minimize(?=\()/,
    (found) =>
      `computes with tensors itself (\`${found.replace(/^\./, '')}\`), without layers: train it ` +
      'by its own command',
  ],
  [
    /\blayers\.\w+(?=\()/,
    (found) => `makes a layer (\`${found}\`), and nothing here puts layers into a model`,
  ],
];

const MODEL_IN_TEXT = /\b(?:tf\.)?(?:sequential|layers\.\w+)\s*\(/;
const TEXTS = /`[^`]*`|'[^'\n]*'|"[^"\n]*"/g;

/** The first line that says why there is nothing to follow; `null` where none does. */
export function whyNoBuilder({ text, comments }: ModuleCode, lines: Lines): string | null {
  const code = blanked(text, comments);
  const plain = code.replaceAll(TEXTS, (found) => found.replaceAll(/[^\n]/g, ' '));
  for (const [sign, words] of SIGNS) {
    const found = sign.exec(plain);
    if (found) return `line ${lines.lineAt(found.index)} ${words(found[0])}`;
  }
  const held = [...code.matchAll(TEXTS)].find(([one]) => MODEL_IN_TEXT.test(one));
  if (!held) return null;
  const at = held.index + held[0].search(MODEL_IN_TEXT);
  return `line ${lines.lineAt(at)} holds a model as text, which is not code of this file`;
}

function blanked(text: string, spans: ModuleCode['comments']): string {
  let result = text;
  for (const { start, end } of spans)
    result =
      result.slice(0, start) +
      result.slice(start, end).replaceAll(/[^\n]/g, ' ') +
      result.slice(end);
  return result;
}
