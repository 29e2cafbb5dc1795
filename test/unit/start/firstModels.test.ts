import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StartLanguage } from '../../../src/propose/start/baseBuilder.ts';
import { firstModels } from '../../../src/propose/start/firstModels.ts';
import { sizesOf } from '../../../src/propose/start/startConfig.ts';
import type { Survey } from '../../../src/propose/start/survey.ts';
import { surveyTable } from '../../../src/propose/start/surveyTable.ts';
import { surveyText } from '../../../src/propose/start/surveyText.ts';
import { sourceLanguage, writeBuilder } from '../../../src/propose/start/writeBuilder.ts';
import { loadSyntax, readOk } from '../syntax/support.ts';
import { days, houses, pictures, sentences, story } from './samples.ts';

const syntax = await loadSyntax();
const LANGUAGES: readonly StartLanguage[] = ['typescript', 'javascript', 'keras', 'pytorch'];
const surveys: Readonly<Record<string, Survey>> = {
  table: surveyTable(houses(), {}),
  series: surveyTable(days(), {}),
  pictures: surveyTable(pictures(), {}),
  sentences: surveyTable(sentences(), {}),
  text: surveyText(story(), {}),
};

/** Layers with weights, which every language has by the same names. */
const WEIGHTED = /^(dense|conv[12]d|separableConv2d|gru|lstm|embedding)$/;

const weightedIn = (text: string, language: StartLanguage): readonly string[] =>
  readOk(syntax, text, sourceLanguage(language))
    .layers.map(({ type }) => type)
    .filter((type) => WEIGHTED.test(type));

for (const [kind, survey] of Object.entries(surveys)) {
  describe(`first models of a ${kind}`, () => {
    for (const language of LANGUAGES)
      test(`three kinds, whose source in ${language} reads as what was meant`, async () => {
        const models = firstModels(survey, language);
        assert.equal(new Set(models.map(({ name }) => name)).size, 3);
        for (const { sketch, reason, source, confidence } of models) {
          const text = await writeBuilder({ sketch, language, ...sizesOf(survey) }, syntax);
          const meant = sketch.layers.map(({ type }) => type).filter((type) => WEIGHTED.test(type));
          const read = weightedIn(text, language);
          assert.deepEqual(
            language === 'pytorch' ? separated(read) : read,
            language === 'pytorch' ? separated([...meant, 'dense']) : [...meant, 'dense'],
            text,
          );
          assert.match(reason, /\d/);
          assert.match(source, /(19|20)\d\d/);
          assert.ok(confidence > 0 && confidence < 1);
        }
      });
  });
}

/** PyTorch has two convolutions for one that is separable. */
const separated = (types: readonly string[]): readonly string[] =>
  types.flatMap((type) => (type === 'separableConv2d' ? ['conv2d', 'conv2d'] : [type]));

test('the likeliest stands first, and few rows are held back', () => {
  const few = firstModels(surveyTable(houses(60), {}), 'typescript');
  const many = firstModels(surveyTable(houses(2500), {}), 'typescript');
  assert.deepEqual([few[0]?.name, many[0]?.name], ['held-back', 'residual']);
});
