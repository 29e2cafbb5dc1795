import * as z from 'zod';
import { CortexError } from '../util/errors.ts';

/** Types of numbers that Cortex writes and reads, as safetensors names them. */
export type TensorType = 'F32' | 'F16' | 'I32' | 'U8' | 'I8' | 'U16' | 'BOOL';

/** A named tensor as it lies in a file: little-endian bytes, row-major. */
export interface StoredTensor {
  readonly name: string;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A file of tensors in the safetensors form (huggingface.co/docs/safetensors). */
export interface TensorFile {
  readonly tensors: readonly StoredTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const tensorSchema = z.object({
  dtype: z.enum(['F32', 'F16', 'I32', 'U8', 'I8', 'U16', 'BOOL']),
  shape: z.array(z.int().nonnegative()),
  data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
});
const metadataSchema = z.record(z.string(), z.string());

const LENGTH_BYTES = 8;
/** The format's own bound. */
const LONGEST_HEADER = 100_000_000;

/** The file's bytes; tensors keep their order. */
export function writeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const text = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const written = new TextEncoder().encode(text);
  const padded = Math.ceil(written.length / LENGTH_BYTES) * LENGTH_BYTES;
  const file = new Uint8Array(LENGTH_BYTES + padded + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(padded), true);
  file.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  file.set(written, LENGTH_BYTES);
  for (const [index, { bytes }] of tensors.entries())
    file.set(bytes, LENGTH_BYTES + padded + (entries[index]?.[1].data_offsets[0] ?? 0));
  return file;
}

/** Reads a file in the order of its bytes; throws an `input` error where it is no such file. */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  // Node's Buffer is one whose slices are no copies: what is cut from it here has to be plain.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { __metadata__: metadata = {}, ...entries } = headerOf(file);
  const start = LENGTH_BYTES + headerLength(file);
  const tensors = Object.entries(entries)
    .map(([name, entry]) => {
      const { dtype, shape, data_offsets: place } = parsed(tensorSchema, entry);
      return { name, dtype, shape, place };
    })
    .sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1])
    .map(({ place: [from, to], ...tensor }) => {
      if (to < from || start + to > file.length) throw notSafetensors(`${tensor.name} is cut off`);
      return { ...tensor, bytes: file.subarray(start + from, start + to) };
    });
  return { tensors, metadata: parsed(metadataSchema, metadata) };
}

function headerLength(file: Uint8Array): number {
  if (file.length < LENGTH_BYTES) throw notSafetensors('it is too short');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > LONGEST_HEADER || LENGTH_BYTES + length > file.length)
    throw notSafetensors('its header is longer than the file');
  return length;
}

function headerOf(file: Uint8Array): Record<string, unknown> {
  const text = new TextDecoder().decode(
    file.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength(file)),
  );
  try {
    return parsed(z.record(z.string(), z.unknown()), JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw notSafetensors('its header is no JSON');
    throw error;
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw notSafetensors(result.error.issues[0]?.message ?? 'its header');
  return result.data;
}

/** The bytes are not what they are taken for. */
export const notSafetensors = (why: string): CortexError =>
  new CortexError({
    code: 'weights-damaged',
    kind: 'input',
    happened: `This is no file of weights: ${why}.`,
    expected: 'a safetensors file as Cortex keeps it.',
    remedy: 'Train the attempt again: cortex train --retrain <attempt>.',
  });
