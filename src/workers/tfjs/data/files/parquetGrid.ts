import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type Compressors, parquetReadObjects } from 'hyparquet';
import { dataMalformedFile } from '../errors.ts';
import { gridOfRecords, type Grid } from './grid.ts';

/** What hyparquet does not unpack itself, Node does. */
const COMPRESSORS: Compressors = {
  GZIP: (input) => gunzipSync(input),
  BROTLI: (input) => brotliDecompressSync(input),
  ZSTD: (input) => zstdDecompressSync(input),
};

/** A Parquet table; lists of numbers are cells, too. */
export async function parquetGrid(path: string, bytes: Uint8Array): Promise<Grid> {
  const records = await recordsIn(path, bytes);
  const { rows, ...grid } = gridOfRecords(path, records, (row) => `row ${row + 1}`);
  return { ...grid, rows: rows.map((row) => row.map(plain)) };
}

type ParquetRecord = Readonly<Record<string, unknown>>;

async function recordsIn(path: string, bytes: Uint8Array): Promise<readonly ParquetRecord[]> {
  const file = new Uint8Array(bytes).buffer;
  try {
    return await parquetReadObjects({ file, compressors: COMPRESSORS });
  } catch (cause) {
    throw dataMalformedFile(path, {
      happened: cause instanceof Error ? cause.message : String(cause),
      expected: 'a Parquet file, as pandas and others write it.',
      cause,
    });
  }
}

/** Whole numbers of 64 bits as numbers. */
function plain(cell: unknown): unknown {
  if (typeof cell === 'bigint') return Number(cell);
  if (cell instanceof BigInt64Array || cell instanceof BigUint64Array)
    return Float64Array.from(cell, Number);
  return Array.isArray(cell) ? cell.map(plain) : cell;
}
