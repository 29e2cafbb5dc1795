import { meansOf } from '../../record/measures.ts';
import { objectivesOf } from '../../record/objectives.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import type { Measures } from '../../record/trial.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { settingsOf } from '../../search/space/readSpace.ts';
import { scoreOf } from '../../search/sweep/score.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import { isCancelled } from '../../util/errors.ts';
import { sideBySide } from '../../util/sideBySide.ts';
import type { Ports } from '../ports.ts';
import type { FullRun, SweepRun } from './sweepRun.ts';

/** How many of the best are trained a second time. */
const MOST = 3;

/** Trainings that this takes: the best, and the model as it is. */
export const CONFIRMING_RUNS = MOST + 1;

/**
 * The best of many single runs is mostly lucky: the few best are trained with a second seed beside
 * the model as it is, and the best of those that are ahead by the noise there, too, is worth a
 * race; `null` where none is. So a whole search races once, with the error of one race.
 */
export async function confirmWinner(
  run: SweepRun,
  signal: AbortSignal,
  ports: Ports,
): Promise<FullRun | null> {
  const best = mayBeRaced(run);
  if (best.length === 0 || signal.aborted) return null;
  try {
    return await stillAhead(best, run, { signal, ports });
  } catch (error) {
    if (isCancelled(error)) return null;
    throw error;
  }
}

interface Means {
  readonly signal: AbortSignal;
  readonly ports: Ports;
}

async function stillAhead(
  best: readonly FullRun[],
  run: SweepRun,
  means: Means,
): Promise<FullRun | null> {
  const { round } = run.sweep;
  const own = { text: round.model.text, settings: {} };
  const orders = [own, ...best.map((full) => orderOf(full, run))];
  const measured = await sideBySide(orders, means.ports.trainer.workers, (order) =>
    trainAgain(order, run, means),
  );
  const objectives = objectivesOf(round.study.config);
  const scores = measured.map((each) => scoreOf(each, objectives) ?? Infinity);
  const [start = Infinity, ...others] = scores;
  // Less than one deviation of the seeds no race of a few seeds can tell.
  const margin = noiseFloor(round.history, round.parent)?.sd ?? 0;
  const ahead = best.flatMap((full, index) => {
    const second = measured[index + 1];
    if (second) run.addSecond(full.index, second);
    const score = others[index] ?? Infinity;
    return score < start - margin
      ? [{ full, score: score + (scoreOfFull(full, run) ?? Infinity) }]
      : [];
  });
  return ahead.toSorted((a, b) => a.score - b.score)[0]?.full ?? null;
}

interface Order {
  readonly text: string;
  readonly settings: Partial<StudyConfig>;
}

const orderOf = ({ index, realised }: FullRun, run: SweepRun): Order => {
  const values = (run.draft.attempt.configurations[index]?.values ?? {}) as Configuration;
  return { text: realised.text, settings: settingsOf(values, run.sweep.round.study.config) };
};

async function trainAgain(
  { text, settings }: Order,
  run: SweepRun,
  { signal, ports }: Means,
): Promise<Measures> {
  const { study } = run.sweep.round;
  const { trials } = await ports.trainer.train({
    study: { ...study, config: { ...study.config, ...settings } },
    variant: { path: study.modelPath, text },
    seeds: [run.seed + 1],
    evaluateOn: 'validation',
    signal,
    onProgress: () => undefined,
  });
  return meansOf(trials);
}

/** The few best of those better than the model as it is in a run that is still their only one. */
export function mayBeRaced(run: SweepRun): readonly FullRun[] {
  const { parent, study } = run.sweep.round;
  const objectives = objectivesOf(study.config);
  const { start } = run.standing;
  const own = start
    ? (scoreOf({ [objectives[0].metric]: start.value }, objectives) ?? Infinity)
    : Infinity;
  return run.full
    .filter(({ realised }) => realised.fingerprint !== parent.fingerprint)
    .filter(({ index }) => run.draft.attempt.configurations[index]?.results.length === 1)
    .map((full) => ({ full, score: scoreOfFull(full, run) ?? Infinity }))
    .filter(({ score }) => score < own)
    .toSorted((a, b) => a.score - b.score)
    .map(({ full }) => full)
    .slice(0, MOST);
}

const scoreOfFull = ({ result }: FullRun, run: SweepRun): number | null =>
  scoreOf(meansOf(result.trials), objectivesOf(run.sweep.round.study.config));
