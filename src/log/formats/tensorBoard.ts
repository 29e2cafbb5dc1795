import { readingOf } from '../logFormat.ts';
import type { Sighting } from '../logFormat.ts';
import { RunCollector } from '../runs.ts';
import { isGrade } from '../grammar/names.ts';
import type { RunChoice } from '../runs.ts';
import type { TrainingLog } from '../trainingLog.ts';

/**
 * Bytes of a record besides its data: length (8), its checksum (4), the data's checksum (4).
 * TFRecord, tensorflow/core/lib/io/record_writer.h.
 */
const [LENGTH_BYTES, HEADER, FOOTER] = [8, 12, 4] as const;
/** More numbers in a row than this count steps. */
const MOST_EPOCHS = 1_000;
/** A record longer than this holds an image or a graph, not a number: it is passed over. */
const LONGEST_RECORD = 4096;

/**
 * Fields of Event, Summary, Summary.Value and TensorProto (tensorflow/core/framework,
 * tensorflow/core/util/event.proto).
 */
const FIELD = {
  step: 2,
  summary: 5,
  value: 1,
  tag: 1,
  simple: 2,
  tensor: 8,
  dtype: 1,
  content: 4,
  floats: 5,
} as const;

/** Reads the scalars of one TensorBoard event file, by epochs or by steps. */
export interface EventFile {
  /** The bytes a file begins with are those of an event file. */
  begins(bytes: Uint8Array): boolean;
  /** The next piece of the file; it may end anywhere. */
  push(bytes: Uint8Array): void;
  /**
   * The run so far; `null` without a scalar, or where it is not there. Lines do not exist in such a
   * file.
   */
  finish(): TrainingLog | null;
  /** How many runs there are so far. */
  count(): number;
}

/**
 * A reader for one event file; `source` is its name for people. Pure, never throws; what is cut or
 * unknown is passed over.
 */
export function readEventFile(source: string, run: RunChoice = null): EventFile {
  const scalars = new Scalars(run);
  let rest = new Uint8Array();
  let skip = 0;
  return {
    begins: isRecordStart,
    push(bytes) {
      const all = new Uint8Array(rest.length + bytes.length);
      all.set(rest);
      all.set(bytes, rest.length);
      let at = Math.min(skip, all.length);
      skip -= at;
      for (let next = recordAt(all, at); next !== null; next = recordAt(all, at)) {
        if (next.data) for (const scalar of scalarsOf(next.data)) scalars.add(scalar);
        skip = Math.max(0, next.end - all.length);
        at = Math.min(next.end, all.length);
      }
      rest = all.slice(at);
    },
    finish: () => scalars.finish(source),
    count: () => scalars.shown.runs,
  };
}

/** Scalars joined by their steps; those by epochs alone where other tags count something else. */
class Scalars {
  private readonly all: RunCollector;
  private readonly byEpoch: RunCollector;
  private readonly lastOf = new Map<string, number>();
  private last = -Infinity;
  /** Steps of unlike counters stand between each other. */
  private isMixed = false;

  constructor(run: RunChoice) {
    this.all = new RunCollector(run, { isStrict: true });
    this.byEpoch = new RunCollector(run, { isStrict: true });
  }

  get shown(): RunCollector {
    return this.isMixed && this.byEpoch.runs > 0 ? this.byEpoch : this.all;
  }

  add(scalar: Scalar): void {
    const { tag, step } = scalar;
    if (/(?:^|\/)epoch$/i.test(tag)) return;
    const before = this.lastOf.get(tag);
    this.isMixed ||= step < this.last && before !== undefined && step > before;
    this.lastOf.set(tag, step);
    this.last = step;
    const sighting = sightingOf(scalar);
    this.all.add(sighting);
    if (/epoch/i.test(tag)) this.byEpoch.add(sighting);
  }

  finish(source: string): TrainingLog | null {
    const log = this.shown.finish(source, 'TensorBoard events', isShown);
    const counter = log && !this.isByEpoch(log.epochs) ? { counter: 'step' as const } : {};
    return log && { ...log, ...counter, lines: log.lines.map(() => 1) };
  }

  /** Where tags say so, or where every number has its value, they are epochs; else steps. */
  private isByEpoch(steps: readonly number[]): boolean {
    const isWhole = (steps.at(-1) ?? 0) - (steps[0] ?? 0) < steps.length;
    return this.byEpoch.runs > 0 || (isWhole && steps.length <= MOST_EPOCHS);
  }
}

/** A measure by its name, or by the group it stands in: `Loss/Total`. */
const isShown = (name: string): boolean =>
  isGrade(name) || /^(?:loss|losses|accuracy|error)\//i.test(name);

/** The length of the first record and its checksum (masked CRC-32C, as TFRecord has it). */
function isRecordStart(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const crc = crc32c(bytes.subarray(0, LENGTH_BYTES));
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return view.getUint32(LENGTH_BYTES, true) === masked;
}

function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function sightingOf({ step, tag, value }: Scalar): Sighting {
  const key = tag.replace(/^epoch_|_epoch$/i, '');
  const reading = readingOf({ key, value, text: String(value), at: -1, cut: false });
  return { epoch: step, epochAt: -1, line: 0, startsRun: false, step: null, readings: [reading] };
}

/**
 * The record at an offset; without data where it is too long to matter; `null` where it has not
 * come in full.
 */
function recordAt(
  bytes: Uint8Array,
  at: number,
): { readonly data: Uint8Array | null; readonly end: number } | null {
  if (bytes.length - at < HEADER) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const length = Number(view.getBigUint64(0, true));
  const end = at + HEADER + length + FOOTER;
  if (length > LONGEST_RECORD) return { data: null, end };
  return end > bytes.length
    ? null
    : { data: bytes.subarray(at + LENGTH_BYTES + 4, end - FOOTER), end };
}

interface Scalar {
  readonly step: number;
  readonly tag: string;
  readonly value: number;
}

function scalarsOf(record: Uint8Array): Scalar[] {
  const event = fieldsOf(record);
  const step = Number(event.find(({ id }) => id === FIELD.step)?.number ?? 0);
  const values = event
    .filter(({ id }) => id === FIELD.summary)
    .flatMap(({ bytes }) => fieldsOf(bytes).filter(({ id }) => id === FIELD.value));
  return values.flatMap(({ bytes }): Scalar[] => {
    const fields = fieldsOf(bytes);
    const tag = fields.find(({ id }) => id === FIELD.tag);
    const value = valueOf(fields);
    return tag && value !== null ? [{ step, tag: new TextDecoder().decode(tag.bytes), value }] : [];
  });
}

function valueOf(fields: readonly Field[]): number | null {
  const simple = fields.find(({ id }) => id === FIELD.simple);
  if (simple) return float(simple.bytes);
  const tensor = fields.find(({ id }) => id === FIELD.tensor);
  const parts = tensor ? fieldsOf(tensor.bytes) : [];
  const isFloat = parts.find(({ id }) => id === FIELD.dtype)?.number === 1n;
  const data = parts.find(({ id }) => id === FIELD.content || id === FIELD.floats);
  return isFloat && data?.bytes.length === 4 ? float(data.bytes) : null;
}

const float = (bytes: Uint8Array): number | null =>
  bytes.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true) : null;

interface Field {
  readonly id: number;
  readonly number: bigint;
  readonly bytes: Uint8Array;
}

/** The fields of a protocol buffer; those before the first broken one. */
function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  for (let next = fieldAt(bytes, 0); next !== null; next = fieldAt(bytes, next.end))
    fields.push(next.field);
  return fields;
}

function fieldAt(
  bytes: Uint8Array,
  at: number,
): { readonly field: Field; readonly end: number } | null {
  if (at >= bytes.length) return null;
  const key = varint(bytes, at);
  const kind = Number(key.value & 7n);
  const number = kind === 0 || kind === 2 ? varint(bytes, key.end) : { value: 0n, end: key.end };
  const length = kind === 2 ? Number(number.value) : FIXED[kind];
  const end = number.end + (length ?? 0);
  if (length === undefined || end > bytes.length) return null;
  return {
    field: {
      id: Number(key.value >> 3n),
      number: number.value,
      bytes: bytes.subarray(number.end, end),
    },
    end,
  };
}

/**
 * Bytes after the key of each kind of field: a number of any length has none of its own, eight
 * bytes, four bytes.
 */
const FIXED: Readonly<Record<number, number>> = { 0: 0, 1: 8, 5: 4 };

function varint(bytes: Uint8Array, from: number): { readonly value: bigint; readonly end: number } {
  let [value, shift, at] = [0n, 0n, from];
  while (at < bytes.length && shift < 64n) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << shift;
    at += 1;
    shift += 7n;
    if (byte < 0x80) break;
  }
  return { value, end: at };
}
