/** Who is told what a stream of messages holds. */
interface Handlers {
  /** A line without its end; answers how many bytes of a frame follow it. */
  readonly onLine: (line: string) => number;
  /** The bytes that a line announced. */
  readonly onFrame: (frame: Uint8Array) => void;
  /** A line goes on for longer than may be; nothing is read any more. */
  readonly onTooLong: () => void;
}

const LINE_END = 0x0a;

/**
 * Takes a stream apart into lines of text and the frames of bytes between them (see `frame` in
 * `protocol.ts`), whatever pieces it comes in.
 */
export class MessageReader {
  readonly #longestLine: number;
  readonly #handlers: Handlers;
  #isClosed = false;
  readonly #decoder = new TextDecoder();
  #pieces: Uint8Array[] = [];
  /** Bytes of a line without its end. */
  #held = 0;
  /** Bytes of the frame that are still to come; `null` outside of one. */
  #missing: number | null = null;

  /** @param longestLine in bytes */
  constructor(longestLine: number, handlers: Handlers) {
    this.#longestLine = longestLine;
    this.#handlers = handlers;
  }

  push(chunk: Uint8Array): void {
    for (let rest = chunk; rest.length > 0 && !this.#isClosed;)
      rest = this.#missing === null ? this.#line(rest) : this.#frame(rest, this.#missing);
  }

  /** The stream has ended: what is left of a line is one, half a frame is nothing. */
  end(): void {
    const isLine = this.#missing === null;
    const rest = this.#taken();
    if (isLine && rest.length > 0) this.#handlers.onLine(this.#decoder.decode(rest));
  }

  #line(bytes: Uint8Array): Uint8Array {
    const end = bytes.indexOf(LINE_END);
    if (end < 0) return this.#holdLine(bytes);
    this.#pieces.push(bytes.subarray(0, end));
    const follow = this.#handlers.onLine(this.#decoder.decode(this.#taken()));
    this.#missing = follow > 0 ? follow : null;
    return bytes.subarray(end + 1);
  }

  #holdLine(bytes: Uint8Array): Uint8Array {
    this.#pieces.push(bytes);
    this.#held += bytes.length;
    if (this.#held > this.#longestLine) {
      this.#isClosed = true;
      this.#taken();
      this.#handlers.onTooLong();
    }
    return bytes.subarray(bytes.length);
  }

  #frame(bytes: Uint8Array, missing: number): Uint8Array {
    const own = bytes.subarray(0, missing);
    this.#pieces.push(own);
    this.#missing = missing - own.length;
    if (this.#missing === 0) {
      this.#missing = null;
      this.#handlers.onFrame(this.#taken());
    }
    return bytes.subarray(own.length);
  }

  #taken(): Uint8Array {
    const taken = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    return taken;
  }
}
