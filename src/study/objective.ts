import type { Objective } from '../record/studyConfig.ts';

/**
 * `a` beats `b` under the objective (no notion of noise: see `judge/`). Stands apart from the
 * schema so that a host need not load it.
 */
export const isBetterValue = (objective: Objective, a: number, b: number): boolean =>
  objective.direction === 'minimize' ? a < b : a > b;
