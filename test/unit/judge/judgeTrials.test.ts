import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Failure, Trial } from '../../../src/record/trial.ts';
import {
  judgeBaseline,
  judgeTrials as judge,
  type Judgement,
  type References,
  type Terms,
} from '../../../src/judge/judgeTrials.ts';
import { openRace } from '../../../src/judge/race.ts';
import { SIMPLER } from '../../../src/record/objectives.ts';
import type { Objective } from '../../../src/record/studyConfig.ts';

const minimize = { metric: 'val_loss', direction: 'minimize' } as const;
const maximize = { metric: 'val_accuracy', direction: 'maximize' } as const;
const terms: Omit<Terms, 'objective'> = {
  race: openRace(6),
  noise: null,
  minimumEffect: 0,
  further: [SIMPLER],
  measures: { own: {}, parent: {} },
};
const raced = (
  trials: readonly Trial[],
  references: References,
  changes: Partial<Terms> = {},
): Judgement => judge(trials, references, { ...terms, objective: minimize, ...changes });
const judgeTrials = (
  trials: readonly Trial[],
  references: References,
  objective: Objective,
): Judgement['verdict'] => raced(trials, references, { objective }).verdict;
const saving = (share: number): Pick<Terms, 'measures'> => ({
  measures: { own: { parameters: 100 * (1 - share) }, parent: { parameters: 100 } },
});
const seconds = { fit: 1, total: 1 };

const completed = (...metrics: readonly number[]): readonly Trial[] =>
  metrics.map((metric, index) => ({
    outcome: 'completed',
    seed: index + 1,
    measures: { val_loss: metric, val_accuracy: metric },
    curves: {},
    epochs: 1,
    seconds,
  }));
const failed = (kind: Failure['kind']): Trial => ({
  outcome: 'failed',
  seed: 9,
  failure: { kind, message: `it was ${kind}`, line: 12, stderr: [] },
  curves: {},
  epochs: 0,
  seconds,
});
const parent = { id: 'p', trials: [...completed(1, 1.1, 0.9)] };

test('a clear fall of a minimised metric is better, a clear rise worse', () => {
  assert.equal(judgeTrials(completed(0.5, 0.61, 0.4), [parent], minimize).kind, 'better');
  assert.equal(judgeTrials(completed(1.5, 1.61, 1.4), [parent], minimize).kind, 'worse');
});

test('the direction of the objective decides what better means', () => {
  assert.equal(judgeTrials(completed(1.5, 1.61, 1.4), [parent], maximize).kind, 'better');
});

test('an interval that includes zero cannot tell, and says so', () => {
  const verdict = judgeTrials(completed(0.9, 1.2, 0.85), [parent], minimize);
  assert.equal(verdict.kind, 'inconclusive');
  assert.match(verdict.text, /^Cannot tell: val_loss .* includes zero/);
});

test('the same numbers are never better', () => {
  assert.equal(judgeTrials(completed(1, 1.1, 0.9), [parent], minimize).kind, 'inconclusive');
});

test('one seed cannot tell', () => {
  assert.match(
    judgeTrials(completed(0.1), [parent], minimize).text,
    /^Cannot tell: only 1 shared seed/,
  );
});

for (const [failure, kind] of [
  ['shape', 'invalid'],
  ['died', 'crashed'],
  ['time', 'crashed'],
  ['cancelled', 'cancelled'],
] as const) {
  test(`a trial that ended as ${failure} makes the attempt ${kind}, with the line`, () => {
    const verdict = judgeTrials([...completed(0.1, 0.1), failed(failure)], [parent], minimize);
    assert.equal(verdict.kind, kind);
    assert.equal(verdict.text, `it was ${failure} (line 12)`);
  });
}

test('a seed that diverged is named, and how it was counted', () => {
  const verdict = judgeTrials([...completed(0.1, 0.1), failed('not-a-number')], [parent], minimize);
  assert.deepEqual(
    { kind: verdict.kind, text: verdict.text },
    {
      kind: 'crashed',
      text:
        'Seed 9 of 1, 2, 9: it was not-a-number (line 12) Counted as crashed: the other 2 came ' +
        'to val_loss 0.1 ± 0, but what fails with some seeds cannot be relied on.',
    },
  );
});

test('a cancelled trial outweighs another failure', () => {
  assert.equal(
    judgeTrials([failed('died'), failed('cancelled')], [parent], minimize).kind,
    'cancelled',
  );
});

const noise = { sd: 0.1, degreesOfFreedom: 6 };
const six = { id: 'p', trials: completed(1, 1.1, 0.9, 1.05, 0.95, 1) };

test('a clear case is decided by two seeds, a close one asks for more until there are no more', () => {
  assert.deepEqual(
    {
      muchBetter: raced(completed(0, 0.1), [parent], { noise }).decided,
      aLittleBetter: raced(completed(0.8, 1), [parent], { noise }).decided,
    },
    { muchBetter: true, aLittleBetter: false },
  );
  const spent = raced(completed(0.9, 1.2, 0.85, 1.1, 0.9, 0.98), [six], { noise });
  assert.deepEqual(
    { kind: spent.verdict.kind, decided: spent.decided },
    { kind: 'inconclusive', decided: true },
  );
});

test('what will hardly become better is given up early, as "cannot tell" and not as "worse"', () => {
  const { verdict, decided } = raced(completed(1.03, 1.12), [parent], { noise });
  assert.deepEqual({ kind: verdict.kind, decided }, { kind: 'inconclusive', decided: true });
  assert.match(
    verdict.text,
    /^Cannot tell: .*includes zero; more seeds would hardly show a gain\.$/,
  );
});

test('two seeds that agree by chance are no certainty: the noise of the study weighs in', () => {
  assert.equal(raced(completed(0.95, 1.05), [parent], { noise }).verdict.kind, 'inconclusive');
});

test('an interval is shown at the confidence of its look', () => {
  const [comparison] = raced(completed(0, 0.1), [parent], { noise }).verdict.comparisons;
  assert.ok(comparison && comparison.confidence > 0.98 && comparison.confidence < 0.99);
});

test('a real gain below judge.minimumEffect does not count, and the sentence says why', () => {
  const { verdict } = raced(completed(0.5, 0.6, 0.4), [parent], {
    noise: null,
    minimumEffect: 0.7,
  });
  assert.equal(verdict.kind, 'inconclusive');
  assert.match(verdict.text, /^Too small to count: .*judge\.minimumEffect asks for 0\.7/);
});

test('as good with a fifth fewer parameters is better, and is called simpler', () => {
  const as = completed(0.99, 1.08, 0.91, 1.03, 0.95, 0.99);
  assert.equal(raced(as, [six], { noise, ...saving(0.1) }).verdict.kind, 'inconclusive');
  const simpler = raced(as, [six], { noise, ...saving(0.34) });
  assert.equal(simpler.verdict.kind, 'better');
  assert.match(
    simpler.verdict.text,
    /^Better \(simpler\): 34 % fewer parameters at a score as good as equal, val_loss −/,
  );
  assert.equal(
    raced(completed(1.4, 1.5, 1.3, 1.45, 1.35, 1.4), [six], { noise, ...saving(0.34) }).verdict
      .kind,
    'worse',
  );
});

test('the next objective decides where the first is as good as equal, in the order they are listed', () => {
  const as = completed(0.99, 1.08, 0.91, 1.03, 0.95, 0.99);
  const further = [
    { metric: 'seconds', direction: 'minimize', tolerance: 0.1 },
    { metric: 'parameters', direction: 'minimize', tolerance: 0.2 },
  ] as const;
  const verdictOf = (own: Terms['measures']['own']): string =>
    raced(as, [six], {
      noise,
      further,
      measures: { own, parent: { seconds: 10, parameters: 100 } },
    }).verdict.text;
  assert.match(
    verdictOf({ seconds: 5, parameters: 200 }),
    /^Better \(simpler\): 50 % better in seconds/,
  );
  assert.match(
    verdictOf({ seconds: 9.9, parameters: 50 }),
    /^Better \(simpler\): 50 % fewer parameters/,
  );
  assert.match(verdictOf({ seconds: 20, parameters: 50 }), /^Cannot tell/);
});

test('a limit that only one of the two keeps decides', () => {
  const further = [{ metric: 'parameters', direction: 'minimize', limit: 500 }] as const;
  const better = completed(0.5, 0.61, 0.4);
  const verdictOf = (own: number, parent_: number): Judgement['verdict'] =>
    raced(better, [parent], {
      further,
      measures: { own: { parameters: own }, parent: { parameters: parent_ } },
    }).verdict;
  assert.deepEqual(
    { bothKeep: verdictOf(400, 450).kind, neitherKeeps: verdictOf(600, 700).kind },
    { bothKeep: 'better', neitherKeeps: 'better' },
  );
  assert.match(verdictOf(600, 400).text, /^Worse: parameters is no longer at most 500; val_loss −/);
  assert.match(verdictOf(400, 600).text, /^Better: parameters is now at most 500; val_loss −/);
});

test('a baseline is named with its metric over seeds', () => {
  assert.equal(
    judgeBaseline(completed(1, 2, 3), minimize).text,
    'The baseline: val_loss 2 ± 1 over 3 seeds.',
  );
});
