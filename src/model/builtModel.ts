/** A layer as the runtime built it. */
export interface BuiltLayer {
  readonly name: string;
  readonly className: string;
  /** Without the batch dimension; `null` for an unknown size. */
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
}

/** A variant that builds, with the right shapes and inside the limits. */
export interface BuiltModel {
  readonly layers: readonly BuiltLayer[];
  readonly parameters: number;
}
