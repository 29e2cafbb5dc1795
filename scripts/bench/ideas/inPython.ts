import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonFolder, pythonIn } from '../../../test/python/environment.ts';
import type { Base } from './bases.ts';

/** A source that is to be run and trained a step. */
export interface Asked {
  readonly name: string;
  readonly text: string;
  readonly data: Base['data'];
}

/**
 * What failed, each as `name: why`. One process for all of them: starting Keras takes longer than a
 * step.
 */
export async function inPython(all: readonly Asked[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-ideas-'));
  try {
    const asked = all.map(({ name, text, data }) => ({
      ...{ name, text, shape: data.inputShape, units: data.outputUnits },
      classes: data.task === 'classification',
    }));
    await writeFile(join(folder, 'asked.json'), JSON.stringify(asked));
    const { stdout } = await promisify(execFile)(
      pythonIn(pythonFolder()),
      ['-B', join(import.meta.dirname, 'trainStep.py'), join(folder, 'asked.json')],
      { env: { ...process.env, KERAS_BACKEND: 'torch' }, maxBuffer: 1e8 },
    );
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
