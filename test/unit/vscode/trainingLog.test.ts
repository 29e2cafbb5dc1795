import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { remediesFor } from '../../../src/propose/operators/operators.ts';
import { diagnose } from '../../../src/log/diagnose.ts';
import { FINDING_KINDS, type Diagnosis, type Finding } from '../../../src/log/diagnosis.ts';
import { FINDING_MEANINGS } from '../../../src/log/meaning.ts';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { diagnosisNodes, lineNodes } from '../../../src/hosts/vscode/log/diagnosisNodes.ts';
import { type DiagnosisNode } from '../../../src/hosts/vscode/log/diagnosisNode.ts';
import { findingMarkdown } from '../../../src/hosts/vscode/log/findingMarkdown.ts';
import { epochInProgress, looksLikeTraining } from '../../../src/hosts/vscode/log/logText.ts';
import { placeFindings } from '../../../src/hosts/vscode/log/placedFindings.ts';

const fixtures = 'test/fixtures/logs';

function diagnosed(): Diagnosis {
  const lines = Array.from(
    { length: 20 },
    (_, i) =>
      `Epoch ${i + 1}/20 loss: ${(2 * 0.8 ** i + 0.01).toFixed(4)} val_loss: ` +
      `${(i < 8 ? 1.6 - 0.15 * i : 0.4 + 0.05 * (i - 7)).toFixed(4)}`,
  );
  const log = readTrainingLog(lines.join('\n'), 'a.log');
  assert.ok(log.ok);
  return diagnose(log.value);
}

describe('a cheap look at a log', () => {
  test('sees every training log of the fixtures for one', () => {
    const missed = readdirSync(fixtures)
      .filter((name) => /\.(?:log|csv|tsv|jsonl)$/.test(name))
      .filter(
        (name) =>
          !looksLikeTraining(readFileSync(`${fixtures}/${name}`, 'utf8').slice(0, 64 * 1024)),
      );
    assert.deepEqual(missed, []);
  });
  test('and logs that nobody has described', () => {
    for (const text of [
      'INFO Training average loss at step 100: 2.324408',
      'step\tloss\n10\t8.460716\n20\t7.688955',
      'Generation,Top Fitness,Mean Fitness\n1,14,1.09',
      'ITER 198000 TRAINING (phase 1). loss_vae: 0.4530; loss_recon: 0.3341',
      'Epoch 16 完成 | 训练损失: 4.6130',
      '1: 1123.449341, 1123.449341 avg loss, 0.000000 rate',
    ])
      assert.equal(looksLikeTraining(text), true, text);
  });
  test('and lines that count on and name their numbers, in words that nobody knows', () => {
    const lines = [3, 4, 5, 6].map((i) => `2026-03-01 10:00:0${i} quux ${i} zorp=0.${9 - i}1`);
    assert.equal(looksLikeTraining(lines.join('\n')), true);
    const server = [3, 4, 5, 6].map(
      (i) => `2026-03-01 10:00:0${i} GET /a took 0.${9 - i}1 port 80`,
    );
    assert.equal(looksLikeTraining(server.join('\n')), false);
  });
  test('and other logs for none', () => {
    for (const text of [
      '2026-03-01 10:00:01 INFO listening on 8080\nGET /index.html 200 12ms',
      'npm ERR! code ELIFECYCLE\nnpm ERR! errno 1',
      '[3] worker started: pid 17',
      '',
      'packet loss 3 %',
    ]) {
      assert.equal(looksLikeTraining(text), false, text);
    }
  });
  test('tells the epoch that is being trained, where the log counts them', () => {
    assert.deepEqual(epochInProgress('Epoch 6/50\n…\nEpoch 7/50\n3/34 [=>...'), {
      epoch: 7,
      of: 50,
    });
    assert.deepEqual(epochInProgress('Epoch [3/6], Step [100/300], Loss: 1.1'), {
      epoch: 3,
      of: 6,
    });
    assert.deepEqual(epochInProgress('epoch 4 of 9'), { epoch: 4, of: 9 });
    assert.equal(epochInProgress('Epoch 3: loss=0.4'), null);
  });
});

describe('findings in the editor', () => {
  test('stand where they begin, else at the last line that proves them, else on top', () => {
    const finding = (change: Partial<Finding>): Finding => ({
      kind: 'overfitting',
      severity: 'problem',
      lines: [9, 24],
      text: 't',
      onsetEpoch: 9,
      ...change,
    });
    const placed = placeFindings({
      ...diagnosed(),
      findings: [finding({}), finding({ onsetEpoch: null }), finding({ lines: [] })],
    });
    assert.deepEqual(
      placed.map(({ line, others }) => [line, others]),
      [
        [8, [23]],
        [23, [8]],
        [0, []],
      ],
    );
  });

  test('every kind has a meaning, and those that complain have a remedy', () => {
    for (const kind of FINDING_KINDS)
      assert.match(FINDING_MEANINGS[kind].text, /^[A-Z].*\.$/, kind);
    for (const kind of [
      'overfitting',
      'underfitting',
      'under-trained',
      'plateau',
      'divergence',
      'not-a-number',
      'oscillation',
      'creeping',
      'class-collapse',
      'not-learning',
    ] as const)
      assert.ok(remediesFor(kind).length > 0, kind);
    assert.equal(remediesFor('overfitting')[0], 'add-dropout');
    assert.deepEqual(remediesFor('other-run'), []);
  });

  test('a hover names, explains and says what would be tried; a log cannot write Markdown into it', () => {
    const markdown = findingMarkdown(
      { kind: 'overfitting', severity: 'problem', lines: [9], text: '', onsetEpoch: 9 },
      '<img src=x> [click](command:evil)',
      remediesFor('overfitting'),
    );
    const [name, tried, evidence] = markdown.split('\n\n');
    assert.equal(name, '**Overfitting** (problem, since epoch 9)');
    assert.match(tried ?? '', /^\*Cortex would try first:\* add dropout, .* and \d+ more$/);
    assert.match(evidence ?? '', /^&lt;img src=x&gt;/);
    assert.ok(!markdown.includes('<img') && !markdown.includes('[click](command'), markdown);
  });
});

describe('the rows of the Diagnosis view', () => {
  const nodes = diagnosisNodes('/a.log', diagnosed());
  const group = (label: RegExp): readonly DiagnosisNode[] =>
    nodes.flatMap((node) => (node.kind === 'group' && label.test(node.label) ? node.children : []));

  test('each series with its last and best value', () => {
    const [loss, valLoss] = group(/^Series/);
    assert.ok(loss?.kind === 'series' && valLoss?.kind === 'series');
    assert.match(loss.description, /^0\.\d+ \(best\) [▁▂▃▄▅▆▇█]{8}$/);
    assert.match(valLoss.description, /^1, best 0\.45 [▁▂▃▄▅▆▇█]{8}$/);
    assert.equal(valLoss.spoken, 'last 1, best 0.45, epoch 9 of 20');
  });

  test('findings by severity, each with the lines that prove it', () => {
    const [overfitting] = group(/^Problems \(1\)/);
    assert.ok(overfitting?.kind === 'finding' && overfitting.focus === 'overfitting');
    assert.deepEqual(
      lineNodes(overfitting).map((node) => node.kind === 'line' && node.line + 1),
      overfitting.placed.finding.lines,
    );
    assert.ok(group(/^Notes/).length > 0);
  });

  test('what the judged loss is expected to reach, where its course tells', () => {
    const falling = readTrainingLog(
      Array.from(
        { length: 20 },
        (_, i) => `epoch ${i + 1} loss: ${(0.2 + 2 * (i + 1) ** -0.7).toFixed(5)}`,
      ).join('\n'),
      'b.log',
    );
    assert.ok(falling.ok);
    const [note] = diagnosisNodes('/b.log', diagnose(falling.value)).filter(
      ({ kind }) => kind === 'note',
    );
    assert.ok(note?.kind === 'note');
    assert.match(note.label, /^loss ≈ 0\.3[45]\d* at epoch 40$/);
    assert.match(note.description, /^0\.\d+ to 0\.\d+$/);
  });

  test('that its course cannot tell, where the loss has come down and turned', () => {
    const [note] = nodes.filter(({ kind }) => kind === 'note');
    assert.ok(note?.kind === 'note');
    assert.deepEqual(
      { label: note.label, description: note.description },
      { label: 'Expected at twice the epochs', description: 'cannot tell' },
    );
  });
});
