import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { SearchState } from '../../../src/ports/searcher.ts';
import type { Answer } from '../../../src/propose/answer/answer.ts';
import { applyAnswer, type AnswerBase } from '../../../src/propose/answer/applyAnswer.ts';
import { readAnswer } from '../../../src/propose/answer/readAnswer.ts';
import type { Diagnosis } from '../../../src/log/diagnosis.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { loadSyntax, readOk } from '../syntax/support.ts';

export const syntax = await loadSyntax();

/** The digits example's model file. */
export const digits = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'examples', 'digits', 'model.ts'),
  'utf8',
);

export const baseOf = (text: string): AnswerBase => ({
  model: { path: '/study/model.ts', language: 'typescript', text },
  architecture: readOk(syntax, text, 'typescript'),
  candidates: [],
  usualLoss: 'categoricalCrossentropy',
});

/** An answer with these edits, as a model would send it. */
export const answerWith = (...edits: readonly object[]): string =>
  JSON.stringify({ title: 'Change it', reasoning: 'Because the log says so.', edits });

export function readChange(text: string): Answer {
  const read = readAnswer(text);
  if (!read.ok || read.value.kind !== 'change') throw new Error(JSON.stringify(read));
  return read.value.answer;
}

export const apply = (text: string, ...edits: readonly object[]): ReturnType<typeof applyAnswer> =>
  applyAnswer(readChange(answerWith(...edits)), baseOf(text), syntax);

/** An attempt of a made-up history. */
export const attempt = (
  number: number,
  overrides: Partial<AttemptSummary> = {},
): AttemptSummary => ({
  id: `digits-${number}`,
  number,
  study: 'digits',
  kind: 'change',
  verdict: 'worse',
  failure: null,
  title: `Change ${number}`,
  operator: 'widen',
  family: 'width',
  proposer: 'offline',
  metric: { mean: 0.3, sd: 0.01, values: [0.29, 0.3, 0.31] },
  effect: { observed: 0.02, predicted: -0.01 },
  mismatches: 0,
  parameters: 1210,
  fingerprint: `form ${number}`,
  parents: ['digits-0'],
  sourceHash: `source ${number}`,
  dataHash: 'data',
  configHash: 'config',
  commit: `commit ${number}`,
  finishedAt: number,
  ...overrides,
});

/** Written out, so that prompts do not change with the rules of the diagnosis. */
const DIAGNOSIS: Diagnosis = {
  source: 'train_log.txt',
  epochs: 20,
  run: { index: 1, count: 1 },
  improvementRate: 0.99,
  trend: 'improving',
  gap: 8.76,
  overfitting: 'moderate',
  series: {
    loss: Array.from({ length: 20 }, (_, epoch) => 2 * 0.8 ** epoch),
    val_loss: Array.from({ length: 20 }, (_, epoch) => 2 * 0.85 ** epoch + 0.01 * epoch),
  },
  findings: [
    {
      kind: 'overfitting',
      severity: 'warning',
      lines: [3, 22],
      text: 'val_loss falls less than half as fast as loss.',
      onsetEpoch: 9,
    },
  ],
};

/** A request on the digits example with a given history. */
export function requestWith(
  history: readonly AttemptSummary[],
  overrides: Partial<SearchState> = {},
): SearchState {
  const { model, architecture } = baseOf(digits);
  const config = studyConfigSchema.parse({});
  return {
    study: { name: 'digits', modelPath: model.path, folder: '/study', logPath: null, config },
    model,
    architecture,
    diagnosis: DIAGNOSIS,
    data: {
      task: 'classification',
      inputShape: [8, 8, 1],
      outputUnits: 10,
      rows: { train: 1078, validation: 359, test: 360 },
      classShares: Array.from({ length: 10 }, () => 0.1),
      hash: 'data',
    },
    history,
    parent: history[0] ?? null,
    wish: null,
    random: seededRandom(1),
    signal: new AbortController().signal,
    ...overrides,
  };
}
