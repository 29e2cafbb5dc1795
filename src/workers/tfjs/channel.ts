import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { requestSchema, type Reply, type Request } from '../../execution/protocol.ts';

const REPLY_DESCRIPTOR = 3;

// A variant may replace these to speak for the worker, or to read its word from Node's pool of
// buffers.
const write = writeSync;
const { stringify } = JSON;
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);

/** Sends a reply and, behind one that announces them, the bytes of a frame. */
export type Send = (reply: Reply, frame?: Uint8Array) => void;

/**
 * Writes replies, each behind `word`, before it returns, so that nothing a worker has said is lost
 * when it dies.
 */
export const replier =
  (word: string): Send =>
  (reply, frame) => {
    const line = encode(`${word} ${stringify(reply)}\n`);
    for (const bytes of frame ? [line, frame] : [line])
      for (let written = 0; written < bytes.length;) written += writeSome(bytes, written);
  };

/**
 * Reads requests until the input ends: the parent is gone. A line that is no request is given to
 * `onBad`.
 */
export function readRequests(
  input: Readable,
  handlers: {
    onRequest: (request: Request) => void;
    onBad: (problem: string) => void;
    onEnd: () => void;
  },
): void {
  const lines = createInterface({ input });
  lines.on('close', handlers.onEnd);
  lines.on('line', (line) => {
    const parsed = parse(line);
    if (typeof parsed === 'string') handlers.onBad(parsed);
    else handlers.onRequest(parsed);
  });
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
