/** One line of the table that `npm run bench` prints. */
export interface Row {
  readonly figure: string;
  /**
   * What was put into the runs it is measured on, in standard deviations; the table has the column
   * where a row has it.
   */
  readonly signal?: string;
  readonly goal: string;
  readonly measured: string;
  /**
   * What it was compared with in the same run, as a factor; `–` where there is nothing to compare
   * with.
   */
  readonly ratio: string;
  readonly met: boolean;
}
