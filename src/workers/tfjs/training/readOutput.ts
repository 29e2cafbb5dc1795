import type { OutputFacts } from '../data/types.ts';
import type { Reading } from './evaluator.ts';

/** One output, and how what the model gives for it is read. */
export interface ReadOutput {
  readonly output: OutputFacts;
  readonly reading: Reading;
}
