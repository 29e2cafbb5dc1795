/** One line of the table that `npm run bench` prints. */
export interface Row {
  readonly figure: string;
  readonly goal: string;
  readonly measured: string;
  /** What it was compared with in the same run, as a factor; `–` where there is nothing to compare with. */
  readonly ratio: string;
  readonly met: boolean;
}
