import type { ArrayData, Part, StudyData } from '../data/types.ts';

type Facts = Record<string, unknown>;

/** Data as a message and the bytes behind it. */
export interface Packed {
  readonly facts: unknown;
  readonly bytes: Uint8Array;
}

/** A part of which nothing is handed out. */
const closed = (part: Part): Part => ({
  ...part,
  inputs: new Float32Array(),
  targets: new Float32Array(),
  weights: null,
});

/**
 * What code of a variant gets of the data: the training rows, and of all other rows nothing but how
 * many there are.
 */
export function packForGuest(data: StudyData): Packed {
  const { open: _, ...facts } = data as StudyData & { readonly open?: unknown };
  if (data.kind === 'streams') return { facts, bytes: new Uint8Array() };
  const { folds: __, ...own } = facts as ArrayData;
  return pack({ ...own, validation: closed(data.validation), test: null });
}

/** Numbers are taken out of the message; a place with their range is left in it. */
function pack(value: object): Packed {
  const pieces: Uint8Array[] = [];
  let at = 0;
  const facts: unknown = JSON.parse(
    JSON.stringify(value, (_key, own: unknown) => {
      if (!(own instanceof Float32Array)) return own;
      pieces.push(new Uint8Array(own.buffer, own.byteOffset, own.byteLength));
      at += own.byteLength;
      return { float32: own.length, at: at - own.byteLength };
    }),
  );
  return { facts, bytes: Buffer.concat(pieces) };
}

/** The data as they were packed. */
export function unpack(facts: unknown, bytes: Uint8Array): StudyData {
  const aligned = new Uint8Array(bytes).buffer;
  return JSON.parse(JSON.stringify(facts), (_key, own: unknown) =>
    isPlace(own) ? new Float32Array(aligned, own.at, own.float32) : own,
  ) as StudyData;
}

const isPlace = (value: unknown): value is { readonly float32: number; readonly at: number } =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Facts)['float32'] === 'number' &&
  typeof (value as Facts)['at'] === 'number';
