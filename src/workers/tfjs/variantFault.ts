import type { Failure } from '../../record/trial.ts';

/** Where in which file; the line is 1-based. */
interface Place {
  readonly line: number;
  readonly path: string;
}

/**
 * The variant is at fault in a way Cortex has a name for; becomes a `Failure`, never leaves the
 * worker as an exception.
 */
export class VariantFault extends Error {
  readonly kind: Failure['kind'];
  readonly place: Place | null;

  constructor(kind: Failure['kind'], message: string, place: Place | null = null) {
    super(message);
    this.name = 'VariantFault';
    this.kind = kind;
    this.place = place;
  }
}
