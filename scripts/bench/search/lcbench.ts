import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import type { Configuration, Dimension } from '../../../src/search/space/dimension.ts';
import { installOnce } from '../../../test/vscode/installOnce.ts';
import { run } from '../../../test/vscode/run.ts';

/** YAHPO Gym's surrogate of LCBench (Pfisterer et al. 2022, Zimmer et al. 2021), Apache-2.0. */
const BASE =
  'https://raw.githubusercontent.com/slds-lmu/yahpo_data/' +
  'efdab9072f63bd680396cd4b78b927c4a0caaad3/lcbench/';
const FILES = {
  'model.onnx': 'b45c0d85ae39abf8820c8bea5ac82f415763afcbaf3b725e36af452b09cb6dcd',
  'encoding.json': 'd8af928f412bbeb07e58ecd69877fcab35fbc595333d1c1c3f76120d2f2508da',
};
/** What reads it: a package for this bench alone, so it is in no other environment. */
const RUNTIME = 'onnxruntime==1.32.0';

/** Epochs of a whole training. */
export const WHOLE = 52;

/** The data sets of LCBench, by their tasks on OpenML. */
export const TASKS: readonly string[] = [
  ...'3945 7593 34539 126025 126026 126029 146212 167104 167149'.split(' '),
  ...'167152 167161 167168 167181 167184 167185 167190 167200 167201'.split(' '),
  ...'168329 168330 168331 168335 168868 168908 168910 189354 189862'.split(' '),
  ...'189865 189866 189873 189905 189906 189908 189909'.split(' '),
];

const real = { kind: 'real', log: false } as const;
const whole = { kind: 'integer', log: true } as const;

/** In the order the surrogate is asked in; `initial` is the middle of each. */
export const DIMENSIONS: readonly Dimension[] = [
  { ...whole, name: 'batch size', low: 16, high: 512, initial: 91 },
  { ...real, name: 'learning rate', low: 1e-4, high: 1e-1, log: true, initial: 0.0032 },
  { ...real, name: 'momentum', low: 0.1, high: 0.99, initial: 0.55 },
  { ...real, name: 'weight decay', low: 1e-5, high: 1e-1, initial: 0.05 },
  { ...whole, name: 'layers', low: 1, high: 5, log: false, initial: 3 },
  { ...whole, name: 'units', low: 64, high: 1024, initial: 256 },
  { ...real, name: 'dropout', low: 0, high: 1, initial: 0.5 },
];

/** What is known of a task by asking far more than a search may. */
export interface Known {
  /** Validation accuracy in per cent, of the best and of a configuration drawn by chance. */
  readonly best: number;
  readonly median: number;
  readonly points: readonly (readonly number[])[];
}

/** The surrogate in a process of its own. */
export interface Lcbench {
  /** Validation accuracy of each configuration at each of the epochs. */
  curves(
    task: string,
    points: readonly Configuration[],
    epochs: readonly number[],
  ): Promise<readonly (readonly number[])[]>;
  known(task: string): Promise<Known>;
  /** The best accuracy of Optuna's TPE after each trial. */
  tpe(task: string, trials: number, seed: number): Promise<readonly number[]>;
  close(): void;
}

/** Starts it; what it needs is put into the cache the first time. Rejects where that fails. */
export async function openLcbench(): Promise<Lcbench> {
  const folder = await installOnce(join(cacheFolder(), 'tables', 'lcbench'), fill);
  const files = Object.keys(FILES).map((file) => join(folder, file));
  const script = join(import.meta.dirname, 'lcbenchSide.py');
  const child = spawn(python(), ['-B', script, join(folder, 'runtime'), ...files], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <Answer>(request: object): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the process of the surrogate ended');
    return JSON.parse(value) as Answer;
  };
  return {
    curves: (task, points, epochs) => ask({ task, points: points.map(inOrder), epochs }),
    known: (task) => ask({ task, known: true }),
    tpe: (task, trials, seed) => ask({ task, tpe: trials, seed }),
    close: () => child.stdin.end(),
  };
}

const python = (): string => join(cacheFolder(), 'python', 'bin', 'python');

const inOrder = (point: Configuration): readonly number[] =>
  DIMENSIONS.map(({ name, initial }) => Number(point[name] ?? initial));

async function fill(folder: string): Promise<void> {
  for (const [file, hash] of Object.entries(FILES)) {
    const response = await fetch(BASE + file, { signal: AbortSignal.timeout(60_000) });
    if (!response.ok) throw new Error(`${BASE}${file} answered ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (createHash('sha256').update(bytes).digest('hex') !== hash)
      throw new Error(`${BASE}${file} is not the file that is known`);
    await writeFile(join(folder, file), bytes);
  }
  const target = ['--target', join(folder, 'runtime')];
  await run(python(), ['-m', 'pip', 'install', '--quiet', '--no-deps', ...target, RUNTIME]);
}
