import { JAVASCRIPT } from '../../test/hostile/javascript.ts';
import { pythonVariants } from '../../test/hostile/python.ts';
import { runHostile, type Held, type Layer } from '../../test/hostile/runHostile.ts';
import { trainedPython } from '../../test/hostile/trainedPython.ts';
import { TRAINED_JAVASCRIPT } from '../../test/hostile/trainedJavascript.ts';
import { protectionOf, trainHostile } from '../../test/hostile/trainHostile.ts';
import type { Hostile } from '../../test/hostile/hostile.ts';
import { limitRows } from './hostile/limits.ts';
import type { Row } from './row.ts';

const LAYERS: readonly Layer[] = ['bubblewrap', 'landlock', 'code builds'];

/** What is built, and what is trained. */
type Corpus = readonly [built: readonly Hostile[], trained: readonly Hostile[]];
const CORPORA: Readonly<Record<Exclude<Held['on'], 'auto'>, Corpus>> = {
  wasm: [JAVASCRIPT, TRAINED_JAVASCRIPT],
  'tfjs-node': [JAVASCRIPT, TRAINED_JAVASCRIPT],
  keras: [pythonVariants('keras'), trainedPython('keras')],
  torch: [pythonVariants('torch'), trainedPython('torch')],
};

/**
 * Variants that mean harm, by what holds them: how many had an effect. `--layer=` and `--on=` run
 * a part.
 */
export async function bench(): Promise<Row[]> {
  const layers = LAYERS.filter((layer) => isAsked('layer', layer));
  const runtimes = Object.entries(CORPORA).filter(([on]) => isAsked('on', on));
  const rows: Row[] = asked('layer') === null && asked('on') === null ? await limitRows() : [];
  for (const layer of layers)
    for (const [on, corpus] of runtimes)
      rows.push(await rowOf({ layer, on: on as Held['on'] }, corpus));
  return rows;
}

function asked(name: string): string | null {
  const flag = `--${name}=`;
  return process.argv.find((each) => each.startsWith(flag))?.slice(flag.length) ?? null;
}

const isAsked = (name: string, value: string): boolean => [value, null].includes(asked(name));

/** Native code is held by the system alone: without it the record has to say so. */
const rowOf = (held: Held, corpus: Corpus): Promise<Row> =>
  held.layer === 'code builds' && held.on !== 'wasm' ? saysSo(held) : effectsOf(held, corpus);

async function effectsOf(held: Held, [built, trained]: Corpus): Promise<Row> {
  const found = [...(await runHostile(built, held)), ...(await trainHostile(trained, held))];
  for (const { title, effects } of found)
    console.error(`  ${held.layer}, ${held.on}: ${title}: ${effects.join(', ')}`);
  return {
    figure: `hostile variants with an effect: ${held.on}, ${held.layer}`,
    goal: '0',
    measured: `${found.length} of ${built.length + trained.length}`,
    ratio: '–',
    met: found.length === 0,
  };
}

async function saysSo(held: Held): Promise<Row> {
  const protection = await protectionOf(held);
  return {
    figure: `what the record says: ${held.on}, ${held.layer}`,
    goal: 'unprotected',
    measured: protection,
    ratio: '–',
    met: protection === 'unprotected',
  };
}
