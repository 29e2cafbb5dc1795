/** What was read of a person's data, before anything is made of it. */
export type Sample = TableSample | ImagesSample | TextSample;

/** How much of a file was looked at. */
interface Looked {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Everything was read; else parts of the file, evenly spread. */
  readonly isWhole: boolean;
}

/** Rows of a table, each with as many cells as there are columns. */
export interface TableSample extends Looked {
  readonly kind: 'table';
  readonly separator: string;
  /** As `TextDecoder` calls it. */
  readonly encoding: string;
  /** The first line names the columns; else they are called by their places. */
  readonly hasHeading: boolean;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Of the whole file; estimated from the sample where that is not all. */
  readonly rowCount: number;
  /** Lines with another number of cells, which are left out. */
  readonly unfit: number;
}

/** An image that was looked at. */
export interface LookedImage {
  readonly path: string;
  readonly className: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Equal for equal files. */
  readonly hash: string;
}

/** A folder with a folder of images for each class. */
export interface ImagesSample extends Looked {
  readonly kind: 'images';
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly images: readonly LookedImage[];
  /** Files that are called images and cannot be read. */
  readonly unread: readonly { readonly path: string; readonly why: string }[];
}

/** A text by itself. */
export interface TextSample extends Looked {
  readonly kind: 'text';
  readonly encoding: string;
  readonly text: string;
}
