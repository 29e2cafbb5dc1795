import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import { readAttemptView } from '../../../src/show/views/readAttemptView.ts';
import { diffHunks } from '../../../src/show/views/diffHunks.ts';
import type { HunkEffect } from '../../../src/loop/ablation/hunkEffects.ts';
import type { SeedTable } from '../../../src/loop/seedTable.ts';
import { summarize } from '../../../src/record/summary.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { attemptView, type AttemptSurroundings } from '../../../src/show/views/attemptView.ts';
import { actionsFor } from '../../../src/show/views/attemptMessages.ts';
import { fakePorts, scripted, study } from '../core/fakePorts.ts';
import { attempt, language } from './support.ts';
import { asBaseline } from '../../records.ts';
import { objectiveOf } from '../../../src/record/objectives.ts';

const diff = `--- a/model.ts
+++ b/model.ts
@@ -1,3 +1,4 @@
 one
-two
+2
+2.5
 three
@@ -10,2 +11,1 @@ class
 ten
-eleven
\\ No newline at end of file
`;

const measuredSummary: AttemptSummary = {
  ...summarize(attempt, { source: 's', config: 'c' }),
  commit: 'c0ffee',
  metric: { mean: 0.412, sd: 0.0123, values: [0.4, 0.424] },
};

const hunks: readonly HunkEffect[] = [
  {
    hunk: 2,
    hunks: 3,
    header: '@@ -4,1 +4,1 @@',
    attemptId: 'digits-2-x',
    number: 2,
    verdict: 'worse',
    text: 'Hunk 2 of 3: val_loss −0.002: it pays.',
    effect: { meanDifference: -0.002, interval: [-0.003, -0.001], confidence: 0.95, seeds: [1] },
  },
];
const seeds: SeedTable = {
  columns: [
    { id: 'digits-1-x', name: '#1' },
    { id: 'digits-0-x', name: 'baseline #0' },
  ],
  rows: [
    { seed: 1, values: [0.41, 0.413] },
    { seed: 2, values: [null, 0.42] },
  ],
};
const alone: AttemptSurroundings = {
  history: [],
  hunks: [],
  seeds: { columns: [], rows: [] },
  openings: [],
  curves: { study: 'digits', objective: objectiveOf(attempt.config), runs: [] },
};

describe('the hunks of a diff', () => {
  test('have their lines with the numbers before and after', () => {
    const [first, second, ...rest] = diffHunks(diff);
    assert.deepEqual(rest, []);
    assert.deepEqual(
      first?.lines.map(({ kind, text, before, after }) => [kind, text, before, after]),
      [
        ['same', 'one', 1, 1],
        ['removed', 'two', 2, null],
        ['added', '2', null, 2],
        ['added', '2.5', null, 3],
        ['same', 'three', 3, 4],
      ],
    );
    assert.deepEqual(
      second?.lines.map(({ before, after }) => [before, after]),
      [
        [10, 11],
        [11, null],
      ],
    );
  });

  test('are none where nothing changed', () => {
    assert.deepEqual(diffHunks(''), []);
    assert.deepEqual(diffHunks('--- a/model.ts\n+++ b/model.ts\n'), []);
  });
});

test('the page of an attempt tells why, what changed, what came of it, and on what', async () => {
  const ports = fakePorts(scripted(16));
  await improveModel(
    study,
    { rounds: 1, baselineCheck: 'skip', wish: null, signal: new AbortController().signal },
    ports,
  );
  const history = await ports.store.list(study);
  const child = history.find(({ title }) => title === 'Use 16 units');
  const view = await readAttemptView(study, child?.id ?? '', ports);
  assert.equal(view.title, `#${child?.number ?? ''} Use 16 units`);
  assert.equal(view.verdict.kind, child?.verdict);
  assert.equal(view.reasoning, 'Because.');
  assert.match(view.source, /no effect predicted, confidence 50 %, proposed by scripted \(widen\)/);
  assert.deepEqual(
    view.diff
      .flatMap(({ lines }) => lines)
      .filter(({ kind }) => kind !== 'same')
      .map(({ kind, text }) => [kind, /units: (\d+)/.exec(text)?.[1]]),
    [
      ['removed', '8'],
      ['added', '16'],
    ],
  );
  assert.equal(view.comparisons[1]?.[0], 'baseline #0');
  assert.deepEqual(view.seeds[0], ['seed', `#${child?.number ?? ''}`, 'baseline #0']);
  assert.ok(view.trials.length > 2);
  assert.deepEqual(
    view.curves.runs.map(({ roles }) => roles[0]),
    ['shown', ...view.trials.slice(1).map(() => 'seed'), 'parent'],
  );
  assert.deepEqual(
    view.curves.runs.slice(1, -1).map(({ label, bands }) => [label, bands.val_loss?.range]),
    view.trials.slice(1).map(([seed]) => [`seed ${seed ?? ''}`, null]),
  );
  assert.ok(view.environment.some(([name]) => name === 'runtime'));
});

describe('what the page of an attempt shows', () => {
  const view = attemptView(attempt, { ...alone, history: [measuredSummary], hunks, seeds });

  test('has the verdict, the reasons, the numbers and the surroundings', () => {
    assert.equal(view.title, '#1 Dropout <b>');
    assert.deepEqual(view.verdict, { kind: 'better', tag: 'better', text: 'Better by 0.003.' });
    assert.equal(view.notes[0], 'val_loss 0.412 ± 0.012 (2 seeds)');
    assert.deepEqual(view.evidence, [{ text: 'gap 31 %', lines: [9, 20] }]);
    assert.equal(
      view.source,
      'expected val_loss −0.003, confidence 60 %, proposed by offline (dropout)',
    );
    assert.deepEqual(view.trials, [
      ['seed', 'val_loss', 'epochs', 'seconds'],
      ['1', '0.41', '2', '1.2'],
      ['2', 'not-a-number: loss | became NaN', '1', '1.0'],
    ]);
    assert.deepEqual(view.lastWords, [{ title: 'Last words of seed 2', text: 'boom' }]);
    assert.deepEqual(view.review, ['Reviewed by a person.', 'line 1: edited']);
    assert.ok(
      view.environment.some(
        ([name, value]) => name === 'runtime' && value.startsWith('wasm on linux'),
      ),
    );
    assert.ok(view.environment.some(([name, value]) => name === 'parameters' && value === '1,234'));
  });

  test('has the comparison with its interval, the seeds it rests on, and what each hunk brought', () => {
    assert.deepEqual(view.comparisons, [
      ['against', 'mean difference', 'interval', 'shared seeds'],
      ['parent digits-0-x', '−0.003', '−0.004 to −0.002 (95 %)', '1'],
    ]);
    assert.deepEqual(view.seeds, [
      ['seed', '#1', 'baseline #0'],
      ['1', '0.41', '0.413'],
      ['2', '–', '0.42'],
    ]);
    assert.deepEqual(view.hunks, [
      {
        place: 'line 4',
        text: 'Hunk 2 of 3: val_loss −0.002: it pays.',
        id: 'digits-2-x',
        number: 2,
      },
    ]);
  });

  test('says nothing twice: what the reasoning says is left with the lines that prove it', () => {
    const { proposal } = attempt;
    const [finding] = proposal.evidence;
    assert.ok(finding);
    const said = { ...finding, text: 'val_loss is flat since epoch 9' };
    const evidence = [said, { ...said, lines: [] }, finding];
    const { evidence: shown } = attemptView(
      { ...attempt, proposal: { ...proposal, evidence } },
      alone,
    );
    assert.deepEqual(shown, [
      { text: 'As said above', lines: finding.lines },
      { text: 'gap 31 %', lines: finding.lines },
    ]);
  });

  test('keeps what others wrote as it is: the page sets it as text', () => {
    assert.equal(view.reasoning, 'val_loss is flat since epoch 9 [x](command:quit)');
    assert.deepEqual(
      diffHunks('@@ -1,1 +1,1 @@\n-a\n+b ``` `````\n')[0]?.lines.map(({ text }) => text),
      ['a', 'b ``` `````'],
    );
  });

  test('of a baseline that never trained says so; of a check, what it tried', () => {
    const bare = attemptView(
      {
        ...asBaseline(attempt),
        environment: null,
        trials: [],
        dataHash: null,
        parameters: null,
      },
      alone,
    );
    assert.equal(bare.title, '#1 Baseline');
    assert.deepEqual(
      { isUntrained: bare.isUntrained, trials: bare.trials, source: bare.source },
      { isUntrained: true, trials: [], source: '' },
    );
    const run = {
      change: 'learning rate 0.01 instead of 0.001',
      operator: 'optimizer',
      epochs: 3,
      source: '',
      parameters: null,
      trials: attempt.trials.slice(0, 1),
    };
    const check = attemptView(
      {
        ...asBaseline(attempt),
        kind: 'check',
        verdict: { kind: 'inconclusive', text: 'A rate of 0.01 is better.', comparisons: [] },
        title: 'Check of the baseline',
        reasoning: '',
        evidence: [],
        trials: [],
        checked: {
          scores: null,
          runs: [run],
          winner: null,
          headline: null,
          findings: ['Nothing helps.'],
        },
      },
      alone,
    );
    assert.deepEqual(
      { isUntrained: check.isUntrained, findings: check.findings, tag: check.verdict.tag },
      { isUntrained: false, findings: ['Nothing helps.'], tag: 'checked' },
    );
    assert.deepEqual(check.tried[1], [
      'learning rate 0.01 instead of 0.001',
      `3 of ${attempt.config.epochs}, a short run`,
      '0.41',
    ]);
  });

  test(
    'of a language model shows who proposed, where words and change disagree, each repair, and ' +
      'what it cost',
    () => {
      const shown = attemptView(language, alone);
      assert.match(
        shown.source,
        /proposed by openai:gpt-5-mini .*5210 tokens in, 640 out, \$0\.0026/,
      );
      assert.deepEqual(shown.warnings, ['Claims early stopping, the change has <b>none</b>.']);
      assert.deepEqual(shown.repairs, [
        'shape in line 12: Expected [10], got [7] → Units of the last layer (100 tokens in, 20 ' +
          'out, price unknown)',
      ]);
    },
  );

  test('says nothing of repairs or cost where there were none', () => {
    assert.deepEqual(view.repairs, []);
    assert.doesNotMatch(view.source, /tokens/);
  });
});

describe('what the page of an attempt offers', () => {
  const here = { isFetched: false, hasFile: true };

  test('is everything of a change, and no diff before a baseline', () => {
    assert.equal(actionsFor('change', here).length, 9);
    assert.deepEqual(
      actionsFor('change', here).filter((action) => !actionsFor('baseline', here).includes(action)),
      ['diffWithParent', 'diffWithBaseline'],
    );
  });

  test('is nothing of a variant where only another attempt is told of', () => {
    assert.deepEqual(actionsFor('check', here), ['diffWithFile', 'compare', 'copySha']);
  });

  test('trains nothing that was fetched, and applies nothing to a file that is not here', () => {
    assert.deepEqual(actionsFor('change', { isFetched: true, hasFile: false }), [
      'diffWithParent',
      'diffWithBaseline',
      'compare',
      'copySha',
    ]);
  });
});
