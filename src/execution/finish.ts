import { cancelledError } from '../util/errors.ts';
import type { TrainedFacts } from '../record/training.ts';
import { dataNotRead, refusedByWorker } from './errors.ts';
import { failureOfDeath, failureOfStop } from './failures.ts';
import type { Ending } from './supervise.ts';
import type { FinalReply, RequestLimits } from './requestGuard.ts';
import type { TrialCollector } from './trialCollector.ts';

/**
 * Turns the end of a `train` request into its facts; what ended it stands in the trials. Throws for
 * input and environment errors.
 */
export function finish(
  ending: Ending,
  collector: TrialCollector,
  limits: RequestLimits,
): TrainedFacts {
  if (ending.phase === 'data' && !isStopped(ending)) requireData(ending, limits);
  if (ending.kind === 'died') {
    collector.fail(failureOfDeath(ending, limits));
    return { parameters: null, dataHash: null };
  }
  if (ending.stopped) collector.rename(failureOfStop(ending.stopped, ending.phase, limits));
  return factsOf(ending.reply, collector);
}

function factsOf(reply: FinalReply, collector: TrialCollector): TrainedFacts {
  if (reply.type === 'trained') return { parameters: reply.parameters, dataHash: reply.dataHash };
  if (reply.type === 'refused' && collector.trials.length === 0) throw refusedByWorker(reply.error);
  if (reply.type === 'refused')
    collector.fail({ kind: 'died', message: reply.error.happened, line: null, stderr: [] });
  if (reply.type === 'failed') collector.fail(reply.failure);
  return { parameters: null, dataHash: null };
}

/** By the user, or with the program. */
const isStopped = ({ stopped }: Ending): boolean =>
  stopped === 'cancelled' || stopped === 'interrupted';

/** The answer, once the data could be read; throws an `input` error where it could not. */
export function requireData(ending: Ending, limits: RequestLimits): FinalReply {
  if (ending.kind === 'answered') {
    if (ending.reply.type === 'refused') throw refusedByWorker(ending.reply.error);
    return ending.reply;
  }
  if (isStopped(ending)) throw cancelledError('The check');
  throw dataNotRead(failureOfDeath(ending, limits).message, ending.death.stderr);
}
