/** The machine as it is now; `null`: it does not say. */
export interface Conditions {
  /** Programs that want to run, for each core, over the last minute. */
  readonly loadPerCore: number | null;
  /** Memory that is free for programs, in MiB. */
  readonly freeMemoryMB: number;
  readonly onBattery: boolean | null;
}

/** The machine around a long run. */
export interface Surroundings {
  now(): Promise<Conditions>;
  /**
   * Milliseconds of a clock that nobody sets and that stands still while the machine sleeps; its
   * start means nothing.
   */
  awakeMs(): number;
  /** Resolves after so many milliseconds, or as soon as the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}
