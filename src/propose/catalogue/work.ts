/** A published work that an idea stands on. */
export interface Work {
  /** Stable: `he-2015`. */
  readonly id: string;
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  /** Where it was published; `arXiv` where nowhere else is known for certain. */
  readonly venue: string;
  /** `arXiv 1512.03385`; `null` for works from before there was one. */
  readonly identifier: string | null;
  /** What it found, in a sentence. */
  readonly claim: string;
  /** Where it does not help, or has been seen not to. */
  readonly fails: string;
  /** Names of the ideas it supports. */
  readonly ideas: readonly string[];
  /** Identifier and title were looked up and found together; absent: they were not looked up. */
  readonly checked?: true;
}
