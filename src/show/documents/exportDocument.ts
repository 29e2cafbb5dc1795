import type { ExportFormat, Quantization } from '../../model/formats/exportFormat.ts';
import type { Measures } from '../../record/trial.ts';

/** What an export came to, as far as its document tells it. */
interface Written {
  readonly format: ExportFormat;
  readonly seed: number;
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly difference: number;
  readonly rows: number;
  readonly measures: Measures;
  readonly trained: Measures;
}

/** The JSON form of an export. */
export const exportDocument = (
  attempt: string,
  quantize: Quantization | null,
  { format, seed, folder, files, difference, rows, measures, trained }: Written,
) => ({
  attempt,
  seed,
  format,
  quantize,
  folder,
  files: [...files],
  difference,
  rows,
  measures,
  trained,
});
