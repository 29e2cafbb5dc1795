/** Why a run ended. */
export type RunEnd =
  | { readonly kind: 'rounds-done' }
  | { readonly kind: 'time-spent'; readonly minutes: number }
  /** Of a language model; `why` is the clause of the error that said so. */
  | { readonly kind: 'budget-spent'; readonly why: string }
  /** Rounds without anything better, the last of them a structural move. */
  | { readonly kind: 'plateau'; readonly rounds: number }
  | { readonly kind: 'no-structural-move' }
  | { readonly kind: 'nothing-left' }
  /** Of a search: as many configurations as were asked for. */
  | { readonly kind: 'trials-done'; readonly trials: number }
  /** Of a search: its space has no other configuration. */
  | { readonly kind: 'all-tried' }
  /** Of a search: no configuration could be trained. */
  | { readonly kind: 'nothing-trains' }
  /** The review was closed. */
  | { readonly kind: 'dismissed' }
  | { readonly kind: 'cancelled' }
  /** The model file could not be trained, and a repair of it can. */
  | { readonly kind: 'baseline-repaired' };

/** The end of a run in a clause for people. */
export function endText(end: RunEnd): string {
  switch (end.kind) {
    case 'rounds-done':
      return 'rounds done';
    case 'time-spent':
      return `time spent: ${end.minutes} minutes`;
    case 'budget-spent':
      return `budget spent: ${end.why}`;
    case 'plateau':
      return `plateau: ${end.rounds} rounds without better, the last a structural move`;
    case 'no-structural-move':
      return 'plateau: no round brought anything better, and no structural move is left';
    case 'nothing-left':
      return 'nothing left to propose';
    case 'trials-done':
      return `${end.trials} configurations tried`;
    case 'all-tried':
      return 'every configuration of the space was tried';
    case 'nothing-trains':
      return 'none of the configurations could be trained';
    case 'dismissed':
      return 'dismissed';
    case 'cancelled':
      return 'cancelled';
    case 'baseline-repaired':
      return 'baseline repaired';
  }
}
