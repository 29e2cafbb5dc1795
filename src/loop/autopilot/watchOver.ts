import type { Study } from '../../study/study.ts';
import { CortexError } from '../../util/errors.ts';
import type { AutopilotPorts } from './work.ts';

/** What ends a task before its time. */
interface Watch {
  readonly signal: AbortSignal;
  /** A person has asked the autopilot to stop. */
  readonly isStopped: () => boolean;
  readonly end: () => void;
}

const LOOK_MS = 2000;

/**
 * Looks, while a task is done, whether a person has said `stop` or trains the study himself: his
 * run comes first, and the task goes on afterwards.
 */
export function watchOver(
  study: Study,
  outer: AbortSignal,
  { store, machine }: Pick<AutopilotPorts, 'store' | 'machine'>,
): Watch {
  const over = new AbortController();
  const stop = new AbortController();
  let isStopped = false;
  const look = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await machine.wait(LOOK_MS, over.signal);
      if (over.signal.aborted) return;
      isStopped = (await store.read(study)).state.mode === 'stopping';
      if (isStopped) stop.abort(stoppedError());
      else if (await store.isBusy(study)) stop.abort(yieldedError());
    }
  };
  // A repository that cannot be read now stops nothing; the task itself will say so.
  look().catch(() => undefined);
  return {
    signal: AbortSignal.any([outer, stop.signal]),
    isStopped: () => isStopped,
    end: () => {
      over.abort();
    },
  };
}

const stoppedError = (): CortexError =>
  new CortexError({
    code: 'autopilot-stopped',
    kind: 'cancelled',
    happened: 'Stopped: “cortex autopilot stop” was said.',
    expected: 'it to run to its end.',
    remedy: 'The next autopilot goes on with it.',
  });

const yieldedError = (): CortexError =>
  new CortexError({
    code: 'autopilot-yielded',
    kind: 'cancelled',
    happened: 'Stopped: a person trains this study, which comes first.',
    expected: 'nobody else at work on it.',
    remedy: 'The autopilot goes on with it afterwards.',
  });
