import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { existsSync } from 'node:fs';
import type { WorkerTrainer } from '../../src/execution/workerTrainer.ts';
import { DIST, makeTrainer, NEVER, studyOn, variantOf } from '../integration/trainer/harness.ts';
import { testPython } from '../integration/python/pythonStudies.ts';
import type { Hostile } from './hostile.ts';
import { setTrap } from './trap.ts';

/** What holds a variant: the system in one of two ways, or nothing but that it has no data. */
export type Layer = 'bubblewrap' | 'landlock' | 'code builds';

/** What trains the variants of a run. */
export type On = 'wasm' | 'tfjs-node' | 'keras' | 'torch' | 'auto';

/** Where variants run, and what holds them there. */
export interface Held {
  readonly layer: Layer;
  readonly on: On;
}

export const isPython = (on: On): boolean => on === 'keras' || on === 'torch';

export const modelFileOn = (on: On): string => (isPython(on) ? 'model.py' : 'model.ts');

/** An effect that must not be there. */
export interface Effect {
  readonly title: string;
  readonly effects: readonly string[];
}

/** Builds each variant, and tells those that had an effect. */
export async function runHostile(all: readonly Hostile[], held: Held): Promise<readonly Effect[]> {
  const model = modelFileOn(held.on);
  const trap = await setTrap(model, held.on);
  const { trainer, end } = trainerUnder(held);
  const data = { csv: 'table.csv', target: 'label', task: 'classification' };
  const study = studyOn(trap.folder, { data, limits: { trialSeconds: 60 } }, model);
  const found: Effect[] = [];
  try {
    for (const { title, text } of all) {
      const result = await trainer.build(study, variantOf(study, trap.fill(text)), NEVER);
      const effects = await trap.sprung(JSON.stringify(result));
      if (effects.length > 0) found.push({ title, effects });
    }
  } finally {
    await end();
    await trap.remove();
  }
  return found;
}

/** A trainer that is held in one way alone. */
export function trainerUnder({ layer, on }: Held): {
  readonly trainer: WorkerTrainer;
  readonly end: () => Promise<void>;
} {
  const path = process.env['PATH'] ?? '';
  const assets = layer === 'code builds' ? withoutLauncher() : DIST;
  if (layer === 'landlock') process.env['PATH'] = withoutBubblewrap(path);
  const trainer = makeTrainer({
    workerPath: join(assets, 'worker.cjs'),
    assetFolder: assets,
    runtime: isPython(on) ? 'auto' : on,
    mayRunUnheld: () => Promise.resolve(true),
    ...(isPython(on) && {
      python: {
        pythonWorkerPath: join(assets, 'python', 'main.py'),
        findPython: () => Promise.resolve(testPython()),
        compiledFolder: mkdtempSync(join(tmpdir(), 'cortex-compiled-')),
        attachedFolder: tmpdir(),
      },
    }),
  });
  process.env['PATH'] = path;
  const end = async (): Promise<void> => {
    await trainer.dispose();
    if (assets !== DIST) rmSync(dirname(assets), { recursive: true, force: true });
  };
  return { trainer, end };
}

const withoutBubblewrap = (path: string): string =>
  path
    .split(delimiter)
    .filter((folder) => !existsSync(join(folder, 'bwrap')))
    .join(delimiter);

/** The parts of Cortex, but what confines a process. */
export function withoutLauncher(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cortex-assets-'));
  const assets = join(folder, 'dist');
  const launcher = join(DIST, 'sandbox');
  cpSync(DIST, assets, { recursive: true, filter: (from) => from !== launcher });
  cpSync(join(DIST, '..', 'package.json'), join(folder, 'package.json'));
  return assets;
}
