import { open, type FileHandle } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { encodingOf } from '../textEncoding.ts';
import { newDataEmpty, newDataEncoding, newDataUnknown, newEncodingUnknown } from './dataErrors.ts';

/** A file up to this size is read whole, in bytes. */
const WHOLE = 32 * 1024 * 1024;
/** Of a larger one the beginning, and this much in as many other places. */
const HEAD = 8 * 1024 * 1024;
const SPAN = 1024 * 1024;
const SPANS = 12;

/** Parts of a text, the beginning first, each cut to whole lines. */
export interface TextSpans {
  readonly encoding: string;
  readonly bytes: number;
  readonly isWhole: boolean;
  readonly texts: readonly string[];
}

/** Reads a text, or evenly spread parts of one that is large. Throws `input` errors. */
export async function textSpans(path: string, asked: string | undefined): Promise<TextSpans> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) throw newDataEmpty(path);
    const isWhole = size <= WHOLE;
    const head = await bytesAt(file, 0, isWhole ? size : HEAD);
    const encoding = asked ?? encodingOf(head);
    if (encoding === null) throw newDataUnknown(path, 'holds no text');
    const decode = decoderFor(path, encoding);
    if (isWhole) return { encoding, bytes: size, isWhole, texts: [decode(head)] };
    const texts = [withoutEnd(decode(cut(head, encoding, 'end')))];
    for (const start of placesIn(size)) {
      const text = decode(cut(await bytesAt(file, start, SPAN), encoding, 'both'));
      texts.push(withoutEnd(withoutStart(text)));
    }
    return {
      encoding,
      bytes: size,
      isWhole,
      texts: texts.map((text) => text.replaceAll('\0', '')),
    };
  } finally {
    await file.close();
  }
}

/** Even, as characters of two bytes begin there. */
const placesIn = (size: number): readonly number[] =>
  Array.from({ length: SPANS }, (_, index) => {
    const place = HEAD + ((size - HEAD - SPAN) * index) / (SPANS - 1);
    return Math.max(HEAD, Math.floor(place / 2) * 2);
  });

async function bytesAt(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}

function decoderFor(path: string, encoding: string): (bytes: Uint8Array) => string {
  const decoder = newDecoder(encoding);
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch (cause) {
      throw newDataEncoding(path, encoding, cause);
    }
  };
}

function newDecoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw newEncodingUnknown(encoding, cause);
  }
}

const LINE_FEED = 10;

/** A character of several bytes is not cut in two: a line ends before it. */
function cut(bytes: Uint8Array, encoding: string, where: 'end' | 'both'): Uint8Array {
  if (/16/.test(encoding)) return bytes.subarray(0, bytes.length - (bytes.length % 2));
  const start = where === 'both' ? bytes.indexOf(LINE_FEED) + 1 : 0;
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  return end > start ? bytes.subarray(start, end) : bytes.subarray(0, 0);
}

const withoutStart = (text: string): string => text.slice(text.indexOf('\n') + 1);
const withoutEnd = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);
