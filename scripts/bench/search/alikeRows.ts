import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import type { TrainRequest } from '../../../src/ports/trainer.ts';
import { sha256 } from '../../../src/util/sha256.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { normal } from '../../../src/search/space/space.ts';
import { curves } from '../../../test/unit/core/curveTrainer.ts';
import { fakePorts, scripted, study } from '../../../test/unit/core/fakePorts.ts';
import type { Row } from '../row.ts';

const RUNS = 200;
const TRIALS = 10;
const NOISE = 0.1;

/**
 * A/A: nothing that a search can change makes a difference, every training is noise around the same
 * number; how often a whole search says "better".
 */
export async function alikeRows(): Promise<readonly Row[]> {
  let better = 0;
  for (let run = 1; run <= RUNS; run += 1) better += await saysBetter(run);
  const share = (100 * better) / RUNS;
  return [
    {
      figure: `A/A: "better" in ${RUNS} searches of ${TRIALS} configurations without a better one`,
      goal: '≤ 2 %',
      measured: `${better} times, ${share} %`,
      ratio: '–',
      met: share <= 2,
    },
  ];
}

async function saysBetter(run: number): Promise<number> {
  const ports = fakePorts(scripted());
  const signal = new AbortController().signal;
  const { winner } = await searchModel(
    study,
    { trials: TRIALS, seed: run, signal },
    {
      ...ports,
      trainer: {
        ...ports.trainer,
        train: curves((request, seed) => 1 + NOISE * luck(request, seed, run)),
      },
      random: seededRandom(run),
    },
  );
  return winner ? 1 : 0;
}

/** Of a variant, its seed and its settings: the same again for the same. */
function luck({ variant, study: { config } }: TrainRequest, seed: number, run: number): number {
  const key = `${run} ${seed} ${config.batchSize} ${variant.text}`;
  return normal(seededRandom(Number.parseInt(sha256(key).slice(0, 8), 16) | 0));
}
