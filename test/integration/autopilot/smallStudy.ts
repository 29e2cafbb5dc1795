import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, git, type Run } from '../cli/cortex.ts';

const MODEL = `import * as tf from '@tensorflow/tfjs';

export function buildModel(inputShape: number[], outputUnits: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 8, activation: 'relu', inputShape }));
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  return model;
}
`;

/** 90 rows of three classes that a line can tell apart. */
const TABLE = Array.from({ length: 90 }, (_, row) => `${row % 3},${(row * 7) % 10},${row % 3}`);

/** Whatever else the machine is busy with. */
const AUTOPILOT = { rounds: 1, trials: 3, minutes: 5, maxLoad: 100_000, onBattery: true };

/** A study that trains in a blink, in a repository of its own. */
export interface SmallStudy {
  readonly folder: string;
  /** Everything of the user's: files by their content, HEAD, index, branches of his own. */
  readonly mine: () => Promise<string>;
  readonly remove: () => Promise<void>;
}

export async function smallStudy(
  config: Readonly<Record<string, unknown>> = {},
): Promise<SmallStudy> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-autopilot-'));
  const study = {
    name: 'small',
    data: { csv: 'table.csv', target: 'label', task: 'classification' },
    epochs: 3,
    seeds: 2,
    judge: { maxSeeds: 3 },
    autopilot: AUTOPILOT,
    ...config,
  };
  await writeFile(join(folder, 'model.ts'), MODEL);
  await writeFile(join(folder, 'table.csv'), `a,b,label\n${TABLE.join('\n')}\n`);
  await writeFile(join(folder, 'cortex.json'), JSON.stringify(study));
  await git(folder, 'init', '-q', '--initial-branch=main');
  await git(folder, 'config', 'user.name', 'Ada');
  await git(folder, 'config', 'user.email', 'ada@example.org');
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-qm', 'first');
  return {
    folder,
    mine: () => mineOf(folder),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

async function mineOf(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name !== '.git').toSorted();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name))));
  const index = await readFile(join(folder, '.git', 'index'));
  const sums = [...texts, index].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  const refs = await git(folder, 'for-each-ref', 'refs/heads/main', 'refs/tags', 'refs/stash');
  return [names.join(), ...sums, await git(folder, 'symbolic-ref', 'HEAD'), refs].join('\n');
}

/** Runs `cortex autopilot …` with the wasm runtime. */
export const autopilot = (folder: string, ...args: readonly string[]): Promise<Run> =>
  cortex(folder, 'autopilot', ...args, '--runtime', 'wasm');

/** The report of a run, or of `report`, of the one study it is about. */
export function reportIn({ stdout }: Run) {
  const { ended, studies } = documents.autopilot.parse(JSON.parse(stdout));
  const [report] = studies;
  if (!report || studies.length > 1) throw new Error(`${studies.length} studies in the report`);
  return { ended, ...report };
}

/** What `status` and the other words say of the one study. */
export function statusIn({ stdout }: Run) {
  const { studies } = documents.autopilotStatus.parse(JSON.parse(stdout));
  const [status] = studies;
  if (!status || studies.length > 1) throw new Error(`${studies.length} studies in the status`);
  return status;
}
