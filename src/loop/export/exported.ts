import type { ExportFormat, Quantization } from '../../model/formats/exportFormat.ts';
import { formatNumber } from '../../record/format.ts';
import type { Measures } from '../../record/trial.ts';
import type { Compared } from './compareLoaded.ts';
import type { SeedChoice } from './trainedSeed.ts';

/** What is exported of an attempt, how, and where to. */
export interface ExportRequest extends SeedChoice {
  readonly id: string;
  /** `null`: that of the framework that trained it. */
  readonly format: ExportFormat | null;
  /** `null`: weights as they were trained. */
  readonly quantize: Quantization | null;
  /** Normalisation goes into the layers before it; absent: every layer stays. */
  readonly fold?: true;
  /** Absolute; holds nothing yet. */
  readonly folder: string;
}

/** An export that was loaded again and found to be what was trained. */
export interface Exported extends Compared {
  readonly format: ExportFormat;
  /** Normalisation layers that went into the ones before them. */
  readonly folded: number;
  readonly seed: number;
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Metrics of the exported model, its speed and the memory of the process that loaded it. */
  readonly measures: Measures;
  /** The same metrics before anything was rounded. */
  readonly trained: Measures;
}

/** What came of comparing it with what was trained. */
export const comparedText = ({ rows, difference }: Compared): string =>
  difference === 0
    ? `the same answers to ${rows} rows`
    : `the greatest difference of an output on ${rows} rows is ${formatNumber(difference)}`;
