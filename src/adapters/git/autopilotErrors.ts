import { CortexError } from '../../util/errors.ts';

/** Two autopilots on one study would pay for the same trials. */
export const autopilotRunningError = (study: string, owner: string | null): CortexError =>
  new CortexError({
    code: 'autopilot-running',
    kind: 'environment',
    happened: `An autopilot works on ${study} already: ${ownerText(owner)}.`,
    expected: 'one autopilot a study.',
    remedy: 'See it with "cortex autopilot status", or end it with "cortex autopilot stop".',
  });

/** Damaged by hand, or from a later version. */
export const stateUnreadableError = (ref: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'autopilot-state-unreadable',
    kind: 'input',
    cause,
    happened: `What stands on ${ref} is no state of an autopilot that this version can read.`,
    expected: 'a commit with an autopilot.json as Cortex writes it.',
    remedy:
      `Update Cortex, or begin anew with "git update-ref -d ${ref}": attempts stand on the ` +
      'branch of the study and stay.',
  });

function ownerText(owner: string | null): string {
  const { pid, host } = /"pid":(?<pid>\d+),"host":"(?<host>[^"]*)"/.exec(owner ?? '')?.groups ?? {};
  return pid === undefined ? 'a process unknown' : `process ${pid} on ${host ?? '?'}`;
}
