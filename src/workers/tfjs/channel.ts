import { writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { requestSchema, type Reply, type Request } from '../../execution/protocol.ts';
import { MessageReader } from '../../execution/protocolStream.ts';

const REPLY_DESCRIPTOR = 3;

// A variant may replace these to speak for the worker, or to read its word from Node's pool of
// buffers.
const write = writeSync;
const { stringify } = JSON;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);

/** Bytes that follow a message. */
const NO_BYTES = new Uint8Array();
/** A model as data, with its weights. */
const LONGEST_REQUEST = 2 ** 30;

/** Sends a reply and, behind one that announces them, the bytes of a frame. */
export type Send = (reply: Reply, frame?: Uint8Array) => void;

/**
 * Writes replies, each behind `word`, before it returns, so that nothing a worker has said is lost
 * when it dies; `frame`: the bytes that the reply announces.
 */
export const replier =
  (word: string): Send =>
  (reply, frame = NO_BYTES) => {
    for (const bytes of [encode(`${word} ${stringify(reply)}\n`), frame])
      for (let written = 0; written < bytes.length;) written += writeSome(bytes, written);
  };

/**
 * Reads requests, with the bytes they announce, until the input ends: the parent is gone. A line
 * that is no request is given to `onBad`.
 */
export function readRequests(
  input: Readable,
  handlers: {
    onRequest: (request: Request, frame: Uint8Array) => void;
    onBad: (problem: string) => void;
    onEnd: () => void;
  },
): void {
  let announced: Request | null = null;
  const reader = new MessageReader(LONGEST_REQUEST, {
    onLine: (line) => {
      const parsed = parse(line);
      const bytes = typeof parsed === 'object' && 'bytes' in parsed ? parsed.bytes : 0;
      if (typeof parsed === 'string') handlers.onBad(parsed);
      else if (bytes > 0) announced = parsed;
      else handlers.onRequest(parsed, NO_BYTES);
      return bytes;
    },
    onFrame: (frame) => {
      if (announced) handlers.onRequest(announced, frame);
      announced = null;
    },
    onTooLong: () => handlers.onBad('a line that has no end'),
  });
  input.on('data', (chunk: Uint8Array) => reader.push(chunk));
  input.on('end', handlers.onEnd);
}

function parse(line: string): Request | string {
  try {
    const result = requestSchema.safeParse(JSON.parse(line));
    return result.success ? result.data : result.error.message;
  } catch (error) {
    if (error instanceof SyntaxError) return `not JSON: ${error.message}`;
    throw error;
  }
}

function writeSome(line: Uint8Array, from: number): number {
  try {
    return write(REPLY_DESCRIPTOR, line, from);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}
