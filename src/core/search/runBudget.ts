/** How long a run may go on; whichever ends first ends it. Tokens and money are held where requests are sent. */
export interface RunLimits {
  /** Rounds to play, `Infinity` for no end; a proposal that fails its check counts, so that a round always ends. */
  readonly rounds: number;
  /** Of wall time, the baseline's training included; no round begins after them. Absent: no limit. */
  readonly minutes?: number;
  /** Rounds without "better" after which a structural move is forced; where that brings nothing either, the run ends. */
  readonly plateau?: number;
}

/** How a run has gone so far; times in milliseconds. */
interface RunSoFar {
  /** Whether it brought something better, round by round. */
  readonly better: readonly boolean[];
  readonly startedAt: number;
  readonly now: number;
}

/** Another round, a structural one where the search has stalled, or why the run ends. */
type NextStep = { readonly kind: 'round'; readonly structural: boolean } | { readonly kind: 'stop'; readonly why: string };

/** Rounds without "better" before a structural move, where the user says nothing else. */
const PLATEAU = 5;

/** What comes next in a run. */
export function nextStep({ rounds, minutes = Infinity, plateau = PLATEAU }: RunLimits, { better, startedAt, now }: RunSoFar): NextStep {
  if (better.length >= rounds) return { kind: 'stop', why: 'rounds done' };
  if (now - startedAt >= minutes * 60_000) return { kind: 'stop', why: `time spent: ${minutes} minutes` };
  const dry = better.length - 1 - better.lastIndexOf(true);
  if (dry > plateau) return { kind: 'stop', why: `plateau: ${dry} rounds without better, the last a structural move` };
  return { kind: 'round', structural: dry === plateau };
}

/** Why a run ends where a structural move was due and none was left. */
export const NO_STRUCTURAL_MOVE = 'plateau: no round brought anything better, and no structural move is left';

/** What counts as one: the operators that change how the network is built, not how it is trained. */
export const STRUCTURAL_FAMILIES: readonly string[] = ['width', 'depth', 'front', 'residual', 'normalization'];
