/** All that was predicted for one output, and what is true. */
export interface Seen {
  /** Row after row: probabilities of the classes or labels, or numbers. */
  readonly predictions: Float64Array;
  /** Class numbers, labels of 0 and 1, or numbers. */
  readonly targets: Float64Array;
  readonly units: number;
}

/** Predictions and targets of one output, a list a row. */
export type Rows = readonly (readonly number[])[];
