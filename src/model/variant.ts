/** The source that is trained: the text that stands in for the file at `path`. */
export interface Variant {
  readonly path: string;
  readonly text: string;
}
