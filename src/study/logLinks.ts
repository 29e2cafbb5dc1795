/** A log that may be a model's. */
export interface LogCandidate {
  readonly path: string;
  /** Whose name its text holds: this model's, that of another model beside it, or nobody's. */
  readonly names: 'this' | 'other' | 'nobody';
  /** Folders between the model and the log; 0 beside each other. */
  readonly steps: number;
  readonly showsEpochs: boolean;
  /** Its name leaves no doubt that it is meant to be a training log. */
  readonly hasCertainName: boolean;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** A model that a log may speak of. */
export interface ModelCandidate {
  readonly path: string;
  /** A study file names the log as this model's. */
  readonly isConfigured: boolean;
  /** The log's text holds the model's file name or a class of its. */
  readonly isNamed: boolean;
  /** Folders between the log and the model. */
  readonly steps: number;
  /** It has the name of a folder's main model (`model.ts`). */
  readonly hasMainName: boolean;
}

/**
 * The logs that may be a model's, the likeliest first: one that names the model, then the nearest,
 * then the newest; unreadable ones only where their name leaves no doubt, and last. A log that
 * names another model beside this one is that model's. Pure.
 */
export const rankLogs = (candidates: readonly LogCandidate[]): readonly LogCandidate[] =>
  candidates
    .filter(
      ({ names, showsEpochs, hasCertainName }) =>
        names !== 'other' && (showsEpochs || hasCertainName),
    )
    .toSorted(
      (a, b) =>
        Number(b.showsEpochs) - Number(a.showsEpochs) ||
        Number(b.names === 'this') - Number(a.names === 'this') ||
        a.steps - b.steps ||
        b.modifiedAt - a.modifiedAt ||
        a.path.localeCompare(b.path),
    );

/**
 * The model a log is of: the one a study file gives it to, else the one its text names, else the
 * nearest – with the main name where several are as near. `null` where it cannot be told: a link is
 * never guessed. Pure.
 */
export function modelOfLog(candidates: readonly ModelCandidate[]): string | null {
  const configured = candidates.filter(({ isConfigured }) => isConfigured);
  const named = candidates.filter(({ isNamed }) => isNamed);
  return (
    only(configured) ??
    only(nearest(named)) ??
    (named.length > 0 ? null : only(nearest(candidates)))
  );
}

function nearest(candidates: readonly ModelCandidate[]): readonly ModelCandidate[] {
  const least = Math.min(...candidates.map(({ steps }) => steps));
  return candidates.filter(({ steps }) => steps === least);
}

function only(candidates: readonly ModelCandidate[]): string | null {
  const main = candidates.filter(({ hasMainName }) => hasMainName);
  const [first] = main.length === 1 ? main : candidates;
  return first && (main.length === 1 || candidates.length === 1) ? first.path : null;
}
