import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Tensor } from '../tf.ts';
import { rowsOf, type FittedData, type FittedPart, type NamedTensors } from './fittedData.ts';
import { NotLearned } from './notLearned.ts';
import type { Disk } from './quietWriters.ts';

/** What a data module says beside its rows. */
export interface SaidOfData {
  readonly task?: string | undefined;
  readonly classWeights?: Readonly<Record<string, unknown>> | undefined;
}

/** Where rows are kept, and what writes there. */
export interface Place {
  readonly folder: string;
  readonly disk: Disk;
}

/** A tensor in a file. */
interface KeptTensor {
  readonly file: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** Reads what is kept beside it; stands in each folder of data. */
const MODULE = `// Made by Cortex from one run of a training script: the rows it fitted.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const tf = require('@tensorflow/tfjs');

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array };

function tensorOf({ file, shape, dtype }) {
  const bytes = new Uint8Array(readFileSync(join(__dirname, file)));
  return tf.tensor(new ARRAYS[dtype](bytes.buffer), shape, dtype);
}

function revived(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.file === 'string') return tensorOf(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revived(part)]));
}

exports.loadData = () => revived(JSON.parse(readFileSync(join(__dirname, 'rows.json'), 'utf8')));
`;

/**
 * Writes the rows and a data module that reads them into a folder of their own, named by what they
 * hold; gives the module's path.
 */
export async function keepData(
  { train, validation }: FittedData,
  said: SaidOfData,
  { folder, disk }: Place,
): Promise<string> {
  const files = new Map<string, Uint8Array>();
  const parts = { train, ...(validation && { validation }) };
  const kept: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(parts)) kept[name] = await keepPart(part, name, files);
  const layout = { ...(validation ? kept : (kept['train'] as object)), ...said };
  const own = join(folder, hashOf(layout, files));
  disk.mkdir(own);
  for (const [file, bytes] of files) disk.write(join(own, file), bytes);
  disk.write(join(own, 'rows.json'), `${JSON.stringify(layout, null, 2)}\n`);
  const path = join(own, 'data.cjs');
  disk.write(path, MODULE);
  return path;
}

async function keepPart(
  part: FittedPart,
  name: string,
  files: Map<string, Uint8Array>,
): Promise<object> {
  const rows = rowsOf(part);
  const kept: Record<string, unknown> = {};
  for (const side of ['inputs', 'targets'] as const) {
    const several: Record<string, KeptTensor> = {};
    for (const [of, tensor] of Object.entries(part[side])) {
      if (tensor.shape[0] !== rows) throw unlikeRows(part);
      const file = `${name}-${side}-${Object.keys(several).length}.bin`;
      several[of] = await keepTensor(tensor, file, files);
    }
    kept[side] = single(several);
  }
  return kept;
}

/** One table has no need of a name. */
const single = (several: Readonly<Record<string, KeptTensor>>): unknown => {
  const all = Object.values(several);
  return all.length === 1 ? all[0] : several;
};

async function keepTensor(
  tensor: Tensor,
  file: string,
  files: Map<string, Uint8Array>,
): Promise<KeptTensor> {
  const { shape, dtype } = tensor;
  if (dtype === 'string' || dtype === 'complex64')
    throw new NotLearned(`fit was given a tensor of ${dtype} values; Cortex keeps numbers.`);
  const values = await tensor.data();
  files.set(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return { file, shape, dtype };
}

function hashOf(layout: object, files: ReadonlyMap<string, Uint8Array>): string {
  const hash = createHash('sha256').update(JSON.stringify(layout));
  for (const bytes of files.values()) hash.update(bytes);
  return hash.digest('hex').slice(0, 16);
}

const unlikeRows = ({ inputs, targets }: FittedPart): NotLearned =>
  new NotLearned(`fit was given unlike numbers of rows: ${shapesOf({ ...inputs, ...targets })}.`);

const shapesOf = (tensors: NamedTensors): string =>
  Object.entries(tensors)
    .map(([name, { shape }]) => `${name} [${shape.join(', ')}]`)
    .join(', ');
