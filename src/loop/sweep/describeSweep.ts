import type { SweptConfiguration } from '../../record/searchRecords.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { changesText } from '../../search/sweep/describeValues.ts';
import { paretoFront } from '../../search/sweep/front.ts';
import { importances, type Scored } from '../../search/sweep/importance.ts';
import { scoreOf } from '../../search/sweep/score.ts';
import type { OpenSweep } from './openSweep.ts';
import type { Placed, SweepStanding } from './standing.ts';

/** A configuration that is being trained. */
export interface Running {
  readonly values: Configuration;
  readonly epoch: number;
  readonly value: number | null;
}

interface SoFar {
  readonly configurations: readonly SweptConfiguration[];
  readonly running: readonly Running[];
  readonly course: SweepStanding['course'];
  readonly seconds: number;
}

/** All that a view of a search shows. */
export function standingOf(sweep: OpenSweep, soFar: SoFar): SweepStanding {
  const { round, spec, builder, searcher, partner, draft } = sweep;
  const { config } = round.study;
  const { configurations, running, course, seconds } = soFar;
  const placed = configurations.flatMap((each, index) => placedOf(sweep, each, index));
  const full = placed.filter(({ epochs }) => epochs >= config.epochs);
  const [best] = full.toSorted((a, b) => a.score - b.score);
  return {
    attemptId: draft.attempt.id,
    objective: objectiveOf(config),
    epochs: config.epochs,
    tried: configurations.length,
    full: full.length,
    failed: configurations.filter(isFailed).length,
    unfit: configurations.filter(({ unfit }) => unfit !== undefined).length,
    start: [...placed, ...earlierOf(sweep)].find(({ text }) => text === '') ?? null,
    best: best ?? null,
    course,
    running: running.map(({ values, epoch, value }) => ({
      text: changesText(builder.space, values).join(', '),
      epoch,
      value,
    })),
    front: paretoFront(full),
    importance: importances(builder.space, firstScores(placed)),
    shares: searcher.shares,
    partner: partner && {
      name: partner.name,
      suggested: configurations.filter(({ by }) => by === partner.name).length,
      cost: partner.cost,
    },
    seconds,
    ...(spec.minutes !== undefined && { minutes: spec.minutes }),
    ...(spec.trials !== undefined && { trials: spec.trials }),
  };
}

/** Of earlier searches: 0 is no number of this one. */
const earlierOf = (sweep: OpenSweep): readonly Ranked[] =>
  sweep.earlier.flatMap((each) => placedOf(sweep, each, -1));

const isFailed = ({ failure, unfit }: SweptConfiguration): boolean =>
  failure !== null && failure !== 'cancelled' && unfit === undefined;

/** A configuration that came to a number, with what a searcher minimises. */
type Ranked = Placed & { readonly score: number };

function placedOf(
  { builder: { space }, round }: OpenSweep,
  { values, results, by = '', fingerprint, unfit }: SweptConfiguration,
  index: number,
): readonly Ranked[] {
  const last = unfit === undefined ? results[0] : undefined;
  const objectives = objectivesOf(round.study.config);
  const score = last ? scoreOf(last.measures, objectives) : null;
  if (!last || score === null) return [];
  return [
    {
      number: index + 1,
      text: changesText(space, values as Configuration).join(', '),
      values,
      by,
      epochs: last.epochs,
      value: last.measures[objectives[0].metric] ?? NaN,
      parameters: last.measures['parameters'] ?? null,
      fingerprint: fingerprint ?? null,
      score,
    },
  ];
}

/** What lasted longer was better: the order of all, whatever they came to. */
const firstScores = (placed: readonly Ranked[]): readonly Scored[] =>
  placed
    .toSorted((a, b) => b.epochs - a.epochs || a.score - b.score)
    .map(({ values }, rank) => ({ values: values as Configuration, score: rank }));
