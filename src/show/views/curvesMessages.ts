import type { CurveRun, CurvesDocument } from './curvesDocument.ts';

/**
 * What the Curves view is told: everything, or the runs that train, which replace those that
 * trained before.
 */
export type ToCurves =
  | { readonly kind: 'show'; readonly document: CurvesDocument | null }
  | { readonly kind: 'live'; readonly runs: readonly CurveRun[] };

/** What the Curves view tells: it stands and wants to be filled, or an attempt was asked for. */
export type FromCurves =
  { readonly kind: 'ready' } | { readonly kind: 'open'; readonly id: string };
