import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pythonFolder, pythonIn } from '../python/environment.ts';
import { exportAs, type Format } from './exporting.ts';
import type { Session } from './session.ts';

interface TakenHome extends Format {
  /** A program of `examples/load/`. */
  readonly program: string;
  /** A row of numbers for each of three kinds. */
  readonly rows: readonly (readonly number[])[];
}

/** A person who wants the model file; `current` gives the session. */
export const takeHome =
  ({ program, rows, ...format }: TakenHome) =>
  (current: () => Session): Promise<void> =>
    test('its model is exported from the palette, and a program of ten lines predicts with it', async () => {
      const session = current();
      await session.workbench.runCommand('Cortex: Export Trained Model');
      await session.workbench.pick('#1');
      const folder = await exportAs(session, format);
      const card = await readFile(join(folder, 'MODEL_CARD.md'), 'utf8');
      assert.ok(card.includes(`Format ${format.format}`), card);
      const python = pythonIn(pythonFolder());
      const path = join(process.cwd(), 'examples', 'load', program);
      const text = execFileSync(python, ['-B', path, folder], {
        input: JSON.stringify(rows),
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const outputs = JSON.parse(text) as readonly (readonly number[])[];
      assert.deepEqual(
        outputs.map((output) => output.filter(Number.isFinite).length),
        [3, 3, 3],
      );
    });
