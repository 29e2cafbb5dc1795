import { JAVASCRIPT } from '../../test/hostile/javascript.ts';
import { pythonVariants } from '../../test/hostile/python.ts';
import { runHostile, type Layer, type On } from '../../test/hostile/runHostile.ts';
import type { Hostile } from '../../test/hostile/hostile.ts';
import type { Row } from './row.ts';

const LAYERS: readonly Layer[] = ['bubblewrap', 'landlock', 'code builds'];
const CORPUS: readonly (readonly [On, readonly Hostile[]])[] = [
  ['wasm', JAVASCRIPT],
  ['tfjs-node', JAVASCRIPT],
  ['keras', pythonVariants('keras')],
  ['torch', pythonVariants('torch')],
];

/** Variants that mean harm, by what holds them: how many had an effect. */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const layer of LAYERS)
    for (const [on, all] of CORPUS) {
      const found = await runHostile(all, { layer, on });
      for (const { title, effects } of found)
        console.error(`  ${layer}, ${on}: ${title}: ${effects.join(', ')}`);
      rows.push({
        figure: `hostile variants with an effect: ${on}, ${layer}`,
        goal: '0',
        measured: `${found.length} of ${all.length}`,
        ratio: '–',
        met: found.length === 0,
      });
    }
  return rows;
}
