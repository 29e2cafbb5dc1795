import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attempt } from '../../src/record/attempt.ts';
import { formatCommitMessage } from '../../src/adapters/git/commitMessage.ts';
import { summarize } from '../../src/record/summary.ts';
import type { Study } from '../../src/study/study.ts';
import { studyConfigSchema } from '../../src/record/studyConfig.ts';

/** Files of the project the attempts are made in. */
export const FILES = 1_000;
/** Attempts of an imported history. */
export const ATTEMPTS = 10_000;
/** The model file. */
export const MODEL = 'export function buildModel() {\n  return 1;\n}\n';

/** A repository with a committed project. */
export function makeProject(root: string): void {
  mkdirSync(join(root, 'digits'), { recursive: true });
  for (let i = 0; i < FILES - 2; i++) {
    mkdirSync(join(root, `part${i % 20}`), { recursive: true });
    writeFileSync(join(root, `part${i % 20}`, `file${i}.txt`), `file ${i}\n`.repeat(50));
  }
  writeFileSync(join(root, 'digits', 'model.ts'), MODEL);
  writeFileSync(join(root, 'digits', 'cortex.json'), '{}\n');
  git(root, ['init', '-q']);
  git(root, ['config', 'user.name', 'Bench']);
  git(root, ['config', 'user.email', 'bench@localhost']);
  git(root, ['add', '-A']);
  git(root, ['commit', '-qm', 'project']);
}

/**
 * A branch of many attempts in one go, by git's own import format; the messages are the real ones.
 */
export function importHistory(root: string): void {
  const base = git(root, ['rev-parse', 'HEAD']).trim();
  const parts: string[] = [];
  for (let number = 0; number < ATTEMPTS; number++) {
    const record = attempt(number);
    const summary = summarize(record, { source: 'a'.repeat(64), config: 'b'.repeat(64) });
    const message = formatCommitMessage(record, summary, {
      base,
      owner: null,
      leftOut: [],
      noise: null,
    });
    const text = `${JSON.stringify(record)}\n`;
    const from = number === 0 ? `from ${base}\n` : '';
    parts.push(
      `commit refs/heads/cortex/digits\ncommitter Bench <bench@localhost> ` +
        `${1_700_000_000 + number} +0000\n${data(message)}${from}M 100644 inline ` +
        `.cortex/attempt.json\n${data(text)}`,
    );
  }
  execFileSync('git', ['fast-import', '--quiet'], { cwd: root, input: parts.join('') });
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

/** The study of such a project. */
export const studyIn = (root: string): Study => ({
  name: 'digits',
  folder: join(root, 'digits'),
  modelPath: join(root, 'digits', 'model.ts'),
  logPath: null,
  config: studyConfigSchema.parse({}),
});

const REASONING = (
  'val_loss has been flat since epoch 9 while loss still falls; the gap has grown to 31 %, ' +
  'so the network remembers instead of learning. '
).repeat(5);

const trial = (number: number, seed: number): Attempt['trials'][number] => ({
  outcome: 'completed',
  seed,
  measures: { val_loss: 0.05 + seed / 1000 - number / 1e6 },
  epochs: 20,
  seconds: { fit: 1, total: 2 },
  curves: {
    loss: Array.from({ length: 20 }, (_, i) => 1 / (i + 1)),
    val_loss: Array.from({ length: 20 }, (_, i) => 1.1 / (i + 1)),
  },
});

/** A record as a training leaves it. */
export const attempt = (number: number): Attempt => ({
  kind: 'change',
  version: 1,
  id: `digits-${number}-0a1b2c3d`,
  number,
  study: 'digits',
  model: 'digits/model.ts',
  parents: number === 0 ? [] : [`digits-${number - 1}-0a1b2c3d`],
  createdAt: '2026-11-02T10:00:00.000Z',
  finishedAt: '2026-11-02T10:01:00.000Z',
  proposal: {
    title: 'Batch normalisation after each dense layer',
    operator: 'batch-normalization',
    family: 'normalisation',
    reasoning: REASONING,
    evidence: [],
    expectedEffect: { metric: 'val_loss', delta: -0.002 },
    confidence: 0.6,
    proposer: 'offline',
    diff: '',
  },
  review: { reviewer: 'automatic', hunks: [] },
  fingerprint: 'f'.repeat(64),
  config: studyConfigSchema.parse({}),
  dataHash: 'c'.repeat(64),
  environment: null,
  parameters: 25_450,
  trials: [1, 2, 3].map((seed) => trial(number, seed)),
  verdict: {
    kind: 'inconclusive',
    text: 'Cannot tell: val_loss −0.0001, but the interval includes zero.',
    comparisons: [],
  },
  repairs: [],
  cost: null,
});

/** Runs git as a user would. */
export const git = (folder: string, args: readonly string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The same for work that does not wait. */
export function timedSync(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The middle value. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
