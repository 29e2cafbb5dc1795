import type { CurveRun, CurvesDocument } from '../../../show/views/curvesDocument.ts';

/** One measure on the training and on the validation part: `loss` and `val_loss`. */
const familyOf = (key: string): string => key.replace(/^val_/, '');

/** The measures that any run has: loss first, then the objective's, then the others by name. */
export function familiesOf({ runs, objective }: CurvesDocument): readonly string[] {
  const all = new Set(runs.flatMap(({ bands }) => Object.keys(bands).map(familyOf)));
  const first = ['loss', familyOf(objective.metric)].filter((family) => all.has(family));
  return [...new Set([...first, ...[...all].sort()])];
}

/** What is drawn without being asked for: the loss and the objective. */
export const usualFamilies = (document: CurvesDocument): readonly string[] =>
  familiesOf(document).filter(
    (family) => family === 'loss' || family === familyOf(document.objective.metric),
  );

/** The number of epochs of the longest run. */
export const epochsOf = (runs: readonly CurveRun[]): number =>
  Math.max(0, ...runs.flatMap(({ bands }) => Object.values(bands).map(({ mean }) => mean.length)));
