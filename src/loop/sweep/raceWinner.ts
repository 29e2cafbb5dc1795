import { seedsOf } from '../../record/studyConfig.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import { settingsOf } from '../../search/space/readSpace.ts';
import type { RoundEnd } from '../roundEnd.ts';
import { openRound, type Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { trainBaseline } from '../trainBaseline.ts';
import { tryProposal } from '../tryProposal.ts';
import { proposalFrom } from './proposalFrom.ts';
import type { FullRun, SweepRun } from './sweepRun.ts';
import { plural } from '../../util/plural.ts';

/**
 * Proposes what a search found as anything else is proposed: reviewed, and raced on seeds that
 * chose nothing.
 */
export async function raceWinner(
  winner: FullRun,
  run: SweepRun,
  signal: AbortSignal,
  ports: Ports,
): Promise<RoundEnd> {
  const round = await roundFor(winner, run, signal, ports);
  const proposal = proposalFrom(winner, run);
  return tryProposal({ proposal, repairs: [], gaveUp: false }, round, ports);
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
      `is trained so, too, with ${plural(seedsOf(study.config).length, 'seed')}, to be compared ` +
      'with.',
  });
  const root = await trainBaseline(own, text, signal, ports);
  const from = { session: own, root, text, spec: { ...spec, from: root.id } };
  return openRound(from, { number: 1 }, ports);
}
