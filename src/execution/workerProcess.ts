import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Environment } from '../record/environment.ts';
import { MessageReader } from './protocolStream.ts';
import { PROTOCOL_VERSION, replySchema, type Reply, type Request } from './protocol.ts';
import { refusedByWorker, workerNotStarted, workerSilent, wrongProtocol } from './errors.ts';
import { lastLines } from './lastLines.ts';
import { killGroup, spawnWorker, type Launch, type Spawned } from './launch.ts';

/** How to start a worker and what to tell it first. */
export interface WorkerOptions {
  readonly launch: Launch;
  readonly hello: Omit<Hello, 'type' | 'protocol' | 'word'>;
}

type Hello = Extract<Request, { type: 'hello' }>;

/** Hears a reply, with the bytes that came behind it. */
type OnReply = (reply: Reply, frame: Uint8Array) => void;

const NO_BYTES = new Uint8Array();

/** What a worker is there for. */
export type WorkerRole = Hello['role'];

/** How a worker ended. */
export interface Death {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: readonly string[];
  /** Somebody else than the worker wrote where it reports. */
  readonly forged: boolean;
}

/** A worker that has not loaded its runtime by then is given up. */
export const START_SECONDS = 60;
const LAST_WORDS_MS = 500;
/** Bytes: curves of a hundred thousand epochs are a tenth of it. */
const LONGEST_REPLY = 64 * 1024 * 1024;

/** A running worker: sends requests, hands on replies, knows when it is dead. */
export class WorkerProcess {
  /** Resolves once, when the process has ended and its last replies are read. */
  readonly death: Promise<Death>;
  readonly #spawned: Spawned;
  readonly #stderr: () => readonly string[];
  #environment: Environment | null = null;
  #onReply: OnReply = () => undefined;
  #announced: Reply | null = null;
  readonly #word = randomUUID();
  #alive = true;
  #forged = false;

  /**
   * Starts a worker and waits until its runtime is loaded; rejects with an `environment` error. One
   * that somebody ended meanwhile (the system, short of memory) is started a second time.
   */
  static async start(options: WorkerOptions): Promise<WorkerProcess> {
    const first = await WorkerProcess.#startOnce(options);
    if ('worker' in first) return first.worker;
    const second = first.wasEnded ? await WorkerProcess.#startOnce(options) : first;
    if ('worker' in second) return second.worker;
    throw second.error;
  }

  static async #startOnce(
    options: WorkerOptions,
  ): Promise<
    { readonly worker: WorkerProcess } | { readonly wasEnded: boolean; readonly error: unknown }
  > {
    const worker = new WorkerProcess(options);
    try {
      worker.#environment = await worker.#greet(options);
      return { worker };
    } catch (error) {
      const wasEnded = !worker.alive && wasKilled(await worker.death);
      worker.kill();
      return { wasEnded, error };
    }
  }

  private constructor(options: WorkerOptions) {
    this.#spawned = spawnWorker(options.launch);
    this.#stderr = lastLines(this.#spawned.stderr);
    const reader = new MessageReader(LONGEST_REPLY, {
      onLine: (line) => this.#receive(line),
      onFrame: (frame) => this.#receiveFrame(frame),
      // No reply is that long: whoever writes it is not the worker.
      onTooLong: () => this.#distrust(),
    });
    this.#spawned.replies.on('data', (chunk: Uint8Array) => reader.push(chunk));
    this.#spawned.replies.on('end', () => reader.end());
    // Writing to a worker that has just died is no news: its death is reported by `death`.
    this.#spawned.requests.on('error', () => undefined);
    this.death = this.#waitForDeath();
    const kill = (): void => this.kill();
    process.once('exit', kill);
    void this.death.then(() => process.off('exit', kill));
  }

  get alive(): boolean {
    return this.#alive;
  }

  get pid(): number {
    return this.#spawned.process.pid ?? -1;
  }

  /** Runtime, versions and platform, as the worker told them. */
  get environment(): Environment {
    if (!this.#environment) throw new Error('A worker was used before it was ready.');
    return this.#environment;
  }

  /** Replies go to the last listener. */
  listen(onReply: OnReply): void {
    this.#onReply = onReply;
  }

  /** `frame`: the bytes that the request announces. */
  send(request: Request, frame: Uint8Array = NO_BYTES): void {
    if (!this.#alive) return;
    this.#spawned.requests.write(`${JSON.stringify(request)}\n`);
    if (frame.length > 0) this.#spawned.requests.write(frame);
  }

  /** Ends the worker at once, with everything it may have started. */
  kill(): void {
    killGroup(this.#spawned.process);
  }

  /** Asks the worker to end, and makes it after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#spawned.requests.end();
    const waiting = new AbortController();
    await Promise.race([
      this.death,
      after(graceMs, undefined, { signal: waiting.signal }).catch(ignoreAbort),
    ]);
    waiting.abort();
    this.kill();
    await this.death;
  }

  #receiveFrame(frame: Uint8Array): void {
    if (this.#announced) this.#onReply(this.#announced, frame);
    this.#announced = null;
  }

  /** How many bytes follow the line. */
  #receive(line: string): number {
    if (this.#forged) return 0;
    const mark = `${this.#word} `;
    const reply = line.startsWith(mark)
      ? parseReply(line.slice(mark.length))
      : this.#strangersGreeting(line);
    if (reply) return this.#take(reply);
    // Whoever writes to the reply channel in the worker's place is not to be trusted with a
    // measurement. A worker that was killed may leave half a line.
    if (line.startsWith(mark) || mark.startsWith(line)) this.kill();
    else this.#distrust();
    return 0;
  }

  #take(reply: Reply): number {
    const bytes = 'bytes' in reply ? reply.bytes : 0;
    if (bytes === 0) this.#onReply(reply, NO_BYTES);
    else this.#announced = reply;
    return bytes;
  }

  #distrust(): void {
    this.#forged = true;
    this.kill();
  }

  /**
   * A worker of another version does not know the word; before the greeting no code of the user's
   * has run.
   */
  #strangersGreeting(line: string): Reply | null {
    const reply = this.#environment === null ? parseReply(line) : null;
    return reply?.type === 'ready' && reply.protocol !== PROTOCOL_VERSION ? reply : null;
  }

  #greet({ launch, hello }: WorkerOptions): Promise<Environment> {
    const timeout = new AbortController();
    const silent = after(START_SECONDS * 1000, undefined, { signal: timeout.signal }).then(() =>
      Promise.reject(workerSilent(START_SECONDS)),
    );
    const dead = this.death.then(({ stderr }) => Promise.reject(workerNotStarted(launch, stderr)));
    const ready = new Promise<Environment>((resolve, reject) => {
      this.listen((reply) => {
        if (reply.type === 'refused') reject(refusedByWorker(reply.error));
        if (reply.type === 'ready' && reply.protocol !== PROTOCOL_VERSION)
          reject(wrongProtocol(PROTOCOL_VERSION, reply.protocol));
        if (reply.type === 'ready') resolve(reply.environment);
      });
    });
    this.send({
      type: 'hello',
      protocol: PROTOCOL_VERSION,
      word: this.#word,
      ...hello,
    });
    for (const loser of [silent, dead]) loser.catch(() => undefined);
    return Promise.race([ready, dead, silent]).finally(() => timeout.abort());
  }

  async #waitForDeath(): Promise<Death> {
    const { process: child } = this.#spawned;
    const ended = new Promise<Pick<Death, 'code' | 'signal'>>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
      child.once('error', () => resolve({ code: null, signal: null }));
    });
    const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const how = await ended;
    this.#alive = false;
    await Promise.race([closed, after(LAST_WORDS_MS)]);
    return { ...how, stderr: this.#stderr(), forged: this.#forged };
  }
}

/** bubblewrap tells of a signal as a shell does: 128 and its number. */
const wasKilled = ({ code, signal }: Death): boolean => signal === 'SIGKILL' || code === 128 + 9;

function parseReply(line: string): Reply | null {
  try {
    const result = replySchema.safeParse(JSON.parse(line));
    return result.success ? result.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}
