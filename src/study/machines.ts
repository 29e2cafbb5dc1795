/** A machine on which trials train, or could. */
export interface Machine {
  readonly host: string;
  readonly address: string;
  readonly cpus: number;
  /** CPUs that nobody has taken now, other users of a cluster included; `null`: nobody tells. */
  readonly freeCpus: number | null;
  readonly gpus: number;
  readonly memoryMB: number;
  /** How many trials of one CPU fit on it side by side. */
  readonly slots: number;
  readonly platform: string;
  /** `null`: it did not answer. */
  readonly versions: Readonly<Record<string, string>> | null;
  /** Its clock before ours, in seconds; `null`: it did not answer. */
  readonly clockAhead: number | null;
}

/** Where trials train. */
export interface Machines {
  /** As the user wrote it: `local`, `ray://head:10001`. */
  readonly executor: string;
  /** `null`: this machine alone, without Ray. */
  readonly ray: string | null;
  /** How many trials train side by side. */
  readonly slots: number;
  readonly machines: readonly Machine[];
}

const FAR_SECONDS = 5;

/** Clocks are set by hand here and there; nothing of Cortex's depends on them, but it is said. */
export const isFarOff = (clockAhead: number | null): boolean =>
  clockAhead !== null && Math.abs(clockAhead) > FAR_SECONDS;
