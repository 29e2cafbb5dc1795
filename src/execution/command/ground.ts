import type { Variant } from '../../model/variant.ts';

/**
 * Where a command runs: the user's project as it is, with a variant in place of the model file;
 * what the command writes stays out of it.
 */
export interface Ground {
  readonly kind: 'overlay' | 'copy';
  /** Program and arguments that run a shell command there. */
  readonly wrap: (command: string) => readonly [string, ...string[]];
  /** Where a file of the study's folder stands once the command has written it. */
  readonly written: (path: string) => string;
  /** As it was, before the next run. */
  readonly renew: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The project, and what stands in place of its model file. */
export interface Placing {
  readonly variant: Variant;
  readonly root: string;
}
