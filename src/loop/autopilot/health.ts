import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { SEEKING, type PastCycle } from './pastCycle.ts';

/** How an autopilot does in a study, each 0–1; `null` where nothing tells yet. */
export interface Health {
  /** Mean of the other three, as far as they are known. */
  readonly overall: number | null;
  /** Share of the seconds trained that ended in an answer: better or worse. */
  readonly efficiency: number | null;
  /** Share of the attempts that came to their end: neither invalid, crashed nor cancelled. */
  readonly stability: number | null;
  /** Share of the last ten cycles in search of a gain that brought one. */
  readonly learningRate: number | null;
}

const LAST = 10;
const BROKEN: readonly AttemptSummary['verdict'][] = ['invalid', 'crashed', 'cancelled'];

/** Of the attempts that an autopilot made, and its cycles. */
export function healthOf(
  attempts: readonly AttemptSummary[],
  cycles: readonly PastCycle[],
): Health {
  const judged = attempts.filter(({ verdict }) => verdict !== 'baseline');
  const seconds = sum(judged.map(secondsOf));
  const answered = sum(
    judged.filter(({ verdict }) => verdict === 'better' || verdict === 'worse').map(secondsOf),
  );
  const seeking = cycles.filter(({ kind }) => SEEKING.includes(kind)).slice(-LAST);
  const efficiency = share(answered, seconds);
  const stability = share(
    attempts.filter(({ verdict }) => !BROKEN.includes(verdict)).length,
    attempts.length,
  );
  const learningRate = share(seeking.filter(({ gain }) => gain > 0).length, seeking.length);
  const known = [efficiency, stability, learningRate].filter((part) => part !== null);
  return { overall: share(sum(known), known.length), efficiency, stability, learningRate };
}

const secondsOf = ({ spent }: AttemptSummary): number => spent?.seconds ?? 0;

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
