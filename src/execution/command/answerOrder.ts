import type { Study } from '../../study/study.ts';
import type { Hearing, TrialOrder, WorkerAnswer } from '../workerSource.ts';
import { runSeeds, type CommandPlace } from './runSeeds.ts';
import { stopReasonOf } from '../requestGuard.ts';

/** All that is said belongs to the one order that is under way. */
const ID = 'command';

type CommandOrder = Pick<TrialOrder, 'variant' | 'seeds' | 'evaluateOn' | 'bounds'>;

/** Runs an order's command as a worker would train it: told as it goes on, and answered. */
export async function answerOrder(
  study: Study,
  { variant, seeds, evaluateOn, bounds }: CommandOrder,
  { signal, onReply }: Hearing,
  place: CommandPlace,
): Promise<WorkerAnswer> {
  const nothing = new Uint8Array();
  const [first = null] = seeds;
  onReply({ type: 'phase', id: ID, phase: 'fit', seed: first }, nothing);
  const { environment, parameters, dataHash } = await runSeeds(
    {
      study,
      variant,
      seeds,
      evaluateOn,
      bounds,
      signal,
      onProgress: ({ seed, epoch, epochs, logs }) => {
        onReply({ type: 'progress', id: ID, seed, epoch, epochs, logs }, nothing);
      },
      onTrial: (trial) => {
        onReply({ type: 'trial', id: ID, trial }, nothing);
      },
    },
    place,
  );
  return {
    kind: 'answered',
    reply: { type: 'trained', id: ID, parameters, dataHash },
    stopped: signal.aborted ? stopReasonOf(signal) : null,
    phase: 'fit',
    environment,
  };
}
