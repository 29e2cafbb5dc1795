/** A program that runs a script of the user's and writes what it learned where it is told. */
export interface ObservingProgram {
  readonly program: string;
  /** Of a run that answers in the file at this path. */
  readonly arguments: (answerPath: string) => readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}
