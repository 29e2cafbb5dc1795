/**
 * One run's curves under tfjs's own keys (`loss`, `val_loss`, `accuracy`, `val_accuracy` …),
 * wherever they come from.
 */
export interface TrainingLog {
  /** File name or `baseline training`, for people. */
  readonly source: string;
  readonly format: string;
  /** What `epochs` counts; absent: epochs; `row`: reports in their order, which nothing counts. */
  readonly counter?: 'step' | 'row';
  /**
   * Epoch numbers as logged (numbers of steps where `counter` says so), ascending; every series has
   * the same length.
   */
  readonly epochs: readonly number[];
  /**
   * A value is `null` where the epoch did not report it, `NaN`/`±Infinity` where the log says so.
   */
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  /**
   * 1-based line of each epoch, counted as its reader was told to; empty for curves that came from
   * a trial.
   */
  readonly lines: readonly number[];
  /** Which run of the file this is (1-based) and how many there are. */
  readonly run: { readonly index: number; readonly count: number };
  /**
   * What people should know about where the log comes from, e.g. that the model file is newer; a
   * sentence each.
   */
  readonly notes: readonly string[];
}
