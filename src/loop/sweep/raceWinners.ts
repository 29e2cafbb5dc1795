import { seedsOf } from '../../record/studyConfig.ts';
import { objectivesOf } from '../../record/objectives.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { settingsOf } from '../../search/space/readSpace.ts';
import { scoreOf } from '../../search/sweep/score.ts';
import { meansOf } from '../../record/measures.ts';
import type { RoundEnd } from '../roundEnd.ts';
import { openRound, type Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { trainBaseline } from '../trainBaseline.ts';
import { tryProposal } from '../tryProposal.ts';
import { proposalFrom } from './proposalFrom.ts';
import type { FullRun, SweepRun } from './sweepRun.ts';

/** How many may be raced before the search is over. */
const MOST_RACED = 3;

/**
 * Proposes the best whole runs, one after the other, as anything else is proposed: reviewed, and
 * raced on seeds that chose nothing, until one is better.
 */
export async function raceWinners(
  run: SweepRun,
  signal: AbortSignal,
  ports: Ports,
): Promise<RoundEnd> {
  for (const winner of winnersOf(run)) {
    if (signal.aborted) return { kind: 'cancelled' };
    const round = await roundFor(winner, run, signal, ports);
    const before = round.session.recorded.length;
    const proposal = proposalFrom(winner, run);
    const end = await tryProposal({ proposal, repairs: [], gaveUp: false }, round, ports);
    const made = round.session.recorded.slice(before);
    if (end !== null || made.some(({ verdict }) => verdict === 'better')) return end;
  }
  return null;
}

/** Better than the model as it is in its own single run; the best first. */
function winnersOf(run: SweepRun): readonly FullRun[] {
  const { parent, study } = run.sweep.round;
  const objectives = objectivesOf(study.config);
  const ranked = run.full
    .map((full) => ({ full, score: scoreOf(meansOf(full.result.trials), objectives) ?? Infinity }))
    .toSorted((a, b) => a.score - b.score);
  const { start } = run.standing;
  const own = start
    ? (scoreOf({ [objectives[0].metric]: start.value }, objectives) ?? Infinity)
    : Infinity;
  return ranked
    .filter(({ score }) => score < own)
    .filter(({ full }) => full.realised.fingerprint !== parent.fingerprint)
    .slice(0, MOST_RACED)
    .map(({ full }) => full);
}

const valuesOf = (index: number, run: SweepRun): Configuration =>
  (run.draft.attempt.configurations[index]?.values ?? {}) as Configuration;

/**
 * The round in which a winner is raced. Where it was trained with other settings than the study's,
 * so is the model as it is: a baseline of its own, to be compared with.
 */
async function roundFor(
  { index }: FullRun,
  run: SweepRun,
  signal: AbortSignal,
  ports: Ports,
): Promise<Round> {
  const { round } = run.sweep;
  const { study, session, parent } = round;
  const settings = settingsOf(valuesOf(index, run), study.config);
  const spec = { wish: null, signal };
  const { text } = round.model;
  if (settings.batchSize === study.config.batchSize)
    return openRound(
      { session, root: parent, text, spec: { ...spec, from: parent.id } },
      { number: 1 },
      ports,
    );
  const own = session.withSettings(settings);
  ports.onEvent({
    kind: 'notice',
    text:
      `The best configuration trains with batches of ${settings.batchSize}; the model as it is ` +
      `is trained so, too, with ${seedsOf(study.config).length} seeds, to be compared with.`,
  });
  const root = await trainBaseline(own, text, signal, ports);
  const from = { session: own, root, text, spec: { ...spec, from: root.id } };
  return openRound(from, { number: 1 }, ports);
}
