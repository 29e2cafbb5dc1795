import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileOf, type FileData, type FileKind } from '../../../../record/fileData.ts';
import type { StudyConfig } from '../../../../record/studyConfig.ts';
import type { Tf } from '../../tf.ts';
import type { Seal } from '../arrayData.ts';
import { dataFileMissing } from '../errors.ts';
import { splitTable, useParts } from '../splitTable.ts';
import type { ArrayData, Table } from '../types.ts';
import { csvGrid } from './csvGrid.ts';
import { tableOfGrid, type Grid } from './grid.ts';
import { imageFolder } from './imageFolder.ts';
import { jsonLinesGrid } from './jsonLinesGrid.ts';
import { npzParts, type NpzParts } from './npzParts.ts';
import { parquetGrid } from './parquetGrid.ts';

/** What reading a file of rows takes. */
interface Asked {
  readonly tf: Tf;
  readonly folder: string;
  readonly config: StudyConfig;
  readonly data: FileData;
  readonly seal: Seal;
}

/** The rows of a file, or of a folder of images, and the files they came from. */
export async function readFileData(
  asked: Asked,
): Promise<{ readonly data: ArrayData; readonly files: ReadonlySet<string> }> {
  const { tf, folder, config, data, seal } = asked;
  const { kind, path: written } = fileOf(data);
  const path = resolve(folder, written);
  if (kind === 'images') {
    const { table, files } = await imageFolder(tf, path, data.inputShape ?? []);
    return { data: splitTable(table, config, seal), files };
  }
  const files = new Set([path]);
  const bytes = await bytesOf(path);
  if (kind === 'npz') return { data: ofNpz(npzParts(path, bytes, data), asked), files };
  const grid = await gridOf(kind, { path, bytes, separator: data.separator });
  return { data: splitTable(ofGrid(grid, data), config, seal), files };
}

interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly separator: string | undefined;
}

function gridOf(
  kind: Exclude<FileKind, 'images' | 'npz'>,
  { path, bytes, separator }: Source,
): Grid | Promise<Grid> {
  if (kind === 'parquet') return parquetGrid(path, bytes);
  const text = new TextDecoder().decode(bytes);
  return kind === 'csv' ? csvGrid(path, text, separator) : jsonLinesGrid(path, text);
}

const ofGrid = (grid: Grid, { target = '', task = 'regression', inputShape }: FileData): Table =>
  tableOfGrid(grid, { target, task, inputShape });

/** All rows dealt out, or parts as they are. */
const ofNpz = (parts: NpzParts, { config, seal }: Asked): ArrayData =>
  'whole' in parts ? splitTable(parts.whole, config, seal) : useParts(parts, config, seal);

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw dataFileMissing(path);
    throw error;
  }
}
