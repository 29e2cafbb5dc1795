/** What Cortex makes of a person's data: enough to write a first model for it. */
export type Survey = TableSurvey | ImagesSurvey | TextSurvey;

/** What a first model is for. */
export type StartTask = 'classification' | 'regression' | 'forecast' | 'characters' | 'words';

/** Something a person should know of their data. */
export interface Note {
  /** `warning`: what may spoil a result; `info`: what was found and done. */
  readonly severity: 'info' | 'warning';
  readonly text: string;
}

interface Surveyed {
  /** Absolute. */
  readonly path: string;
  /** In all, as far as is known. */
  readonly rows: number;
  readonly isWhole: boolean;
  readonly notes: readonly Note[];
}

/** Mean, standard deviation and range of the numbers of a column. */
export interface ColumnScale {
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
  readonly median: number;
}

/** A column, and what becomes of it. */
export interface Column {
  readonly name: string;
  readonly use: 'number' | 'category' | 'date' | 'words' | 'left-out';
  /** Why it is left out; `null` where it is not. */
  readonly why: string | null;
  /** Share of cells that hold nothing, 0–1. */
  readonly missing: number;
  /** Different values among the cells looked at. */
  readonly distinct: number;
  /** Of a category: the commonest first. */
  readonly values: readonly string[];
  /** Of numbers. */
  readonly scale: ColumnScale | null;
}

/** How the inputs of a row belong together. */
export type Structure =
  | { readonly kind: 'flat' }
  | { readonly kind: 'image'; readonly shape: readonly [number, number, number] }
  | { readonly kind: 'sequence'; readonly steps: number }
  /** Rows follow each other in time: a window of them tells the next. */
  | { readonly kind: 'series'; readonly window: number }
  /** The words of one column. */
  | { readonly kind: 'words'; readonly column: string; readonly length: number };

/** A table, and what of it is to be predicted. */
export interface TableSurvey extends Surveyed {
  readonly kind: 'table';
  readonly task: 'classification' | 'regression' | 'forecast';
  readonly target: Column;
  /** Without the target. */
  readonly columns: readonly Column[];
  readonly structure: Structure;
  readonly classes: readonly ClassCount[];
  /** Equal rows beyond the first of their kind, among those looked at. */
  readonly repeated: number;
  readonly bytes: number;
  readonly separator: string;
  readonly encoding: string;
  readonly hasHeading: boolean;
  /** Names of all columns, in the order of the file. */
  readonly heading: readonly string[];
}

/** A class and how often it was seen. */
export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

/** A folder of images by class. */
export interface ImagesSurvey extends Surveyed {
  readonly kind: 'images';
  readonly task: 'classification';
  readonly classes: readonly ClassCount[];
  /** Height, width and channels that all images are brought to. */
  readonly shape: readonly [number, number, number];
}

/** A text whose next character or word is to be foretold. */
export interface TextSurvey extends Surveyed {
  readonly kind: 'text';
  readonly task: 'characters' | 'words';
  readonly encoding: string;
  /** Different characters or words that are told apart. */
  readonly vocabulary: readonly string[];
  /** Characters or words in all. */
  readonly length: number;
  /** Characters or words of one example. */
  readonly window: number;
}
