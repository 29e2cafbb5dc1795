import type { Failure } from '../record/trial.ts';
import type { Ending } from './supervise.ts';
import type { RequestLimits } from './requestGuard.ts';
import type { Death } from './workerProcess.ts';

type Died = Extract<Ending, { kind: 'died' }>;

/**
 * Names the end of a request whose worker is dead: told to stop for a reason, or dead on its own.
 */
export function failureOfDeath(
  { stopped, phase, death, why }: Died,
  limits: RequestLimits,
): Failure {
  const stderr = [...death.stderr];
  if (death.forged)
    return {
      kind: 'refused',
      message:
        'The model file wrote where the trainer reports what it measured; a variant may not ' +
        'speak for it.',
      line: null,
      stderr,
    };
  if (stopped) return { ...failureOfStop(stopped, phase, limits), stderr };
  if (why) return { ...why, stderr };
  if (ranOutOfHeap(death))
    return {
      kind: 'memory',
      message: 'The training process ran out of memory and ended.',
      line: null,
      stderr,
    };
  const how = death.signal
    ? `was killed (${death.signal})`
    : `ended by itself with exit code ${death.code ?? 'unknown'}`;
  return {
    kind: 'died',
    message: `The training process ${how}${WHILE[phase]}.`,
    line: null,
    stderr,
  };
}

/** Whether a worker was ended by somebody else: neither by Cortex nor by what it trained. */
export const isFromOutside = (ending: Ending): boolean =>
  ending.kind === 'died' &&
  ending.stopped === null &&
  ending.why === null &&
  ending.death.signal !== null &&
  !ending.death.forged &&
  !ranOutOfHeap(ending.death);

/** It was ended by somebody else before anything of what was asked was done. */
export const canBeAskedAgain = (ending: Ending): boolean =>
  ending.phase === 'data' && isFromOutside(ending);

/** No result came, and nobody can tell why. */
export const workerNotHeard = (): Failure => ({
  kind: 'died',
  message: 'The training process was not heard of any more, and did not end.',
  line: null,
  stderr: [],
});

/** The failure of a request that was told to stop. */
export function failureOfStop(
  stopped: NonNullable<Ending['stopped']>,
  phase: Ending['phase'],
  limits: RequestLimits,
): Failure {
  const message = {
    time: `It took longer than ${SECONDS[phase](limits)} s${WHILE[phase]}.`,
    memory:
      `The training process needed more than ${limits.memoryMB} MB ` +
      `(limits.memoryMB)${WHILE[phase]}.`,
    ...STOPPED,
  }[stopped];
  return { kind: stopped, message, line: null, stderr: [] };
}

/** What an attempt is told that was stopped before it had ended. */
export const STOPPED = {
  cancelled: 'Cancelled.',
  interrupted: 'Interrupted: the program that trained it was closed.',
} as const;

const WHILE: Readonly<Record<Ending['phase'], string>> = {
  data: ' while the data was read',
  build: ' while the builder ran',
  fit: ' while it trained',
};

const SECONDS: Readonly<Record<Ending['phase'], (limits: RequestLimits) => number>> = {
  data: (limits) => limits.dataSeconds,
  build: (limits) => limits.buildSeconds,
  fit: (limits) => limits.trialSeconds,
};

const ranOutOfHeap = ({ stderr }: Death): boolean =>
  stderr.some((line) =>
    /heap out of memory|Array buffer allocation failed|std::bad_alloc/.test(line),
  );
