import type { Failure } from '../record/trial.ts';
import type { Death } from './workerProcess.ts';
import { Guard, stopReasonOf } from './requestGuard.ts';
import type { StopReason, Phase, Supervised, FinalReply } from './requestGuard.ts';

/**
 * How a request ended: with the worker's word, or with its death. `stopped` says whether and why it
 * was told to stop.
 */
export type Ending = { readonly stopped: StopReason | null; readonly phase: Phase } & (
  | { readonly kind: 'answered'; readonly reply: FinalReply }
  /** `why`: what the worker said before it went, if anything. */
  | { readonly kind: 'died'; readonly death: Death; readonly why: Failure | null }
);

/**
 * Sends a request and waits for its end. Time is kept here, whatever the worker says: it has one
 * term for each phase of each run, and none is given twice. Never rejects.
 */
export async function supervise(supervised: Supervised): Promise<Ending> {
  const { worker, request, signal } = supervised;
  const guard = new Guard(supervised);
  const cancel = (): void => guard.stop(stopReasonOf(signal));
  signal.addEventListener('abort', cancel);
  const stopLooking = lookAgainAndAgain(() => guard.checkMemory());
  try {
    const answered = guard.waitForReply();
    worker.send(request);
    if (signal.aborted) cancel();
    const end = await Promise.race([answered, worker.death]);
    const shared = { stopped: guard.stopped, phase: guard.phase };
    return 'type' in end
      ? { kind: 'answered', reply: end, ...shared }
      : { kind: 'died', death: end, why: guard.why, ...shared };
  } finally {
    stopLooking();
    guard.end();
    signal.removeEventListener('abort', cancel);
  }
}

/** Looks at once, and then as soon as the last look said; returns what ends it. */
function lookAgainAndAgain(look: () => Promise<number>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const next = async (): Promise<void> => {
    const wait = await look();
    if (!isOver) timer = setTimeout(() => void next(), wait);
  };
  void next();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
