import { spawnWorker, killGroup, type Launch, type Spawned } from '../launch.ts';
import { lastLines } from '../lastLines.ts';
import { MessageReader } from '../protocolStream.ts';
import { refusedByWorker } from '../errors.ts';
import type { CortexError } from '../../util/errors.ts';
import {
  fromBridgeSchema,
  type Facts,
  type FromBridge,
  type Opened,
  type RayNode,
  type ToBridge,
} from './bridgeMessages.ts';
import { bridgeEnded, raySilent } from './errors.ts';

const NO_BYTES = new Uint8Array();
const LONGEST_LINE = 64 * 1024 * 1024;
/** To import Ray and to connect; where no port answers, the bridge itself says so within 5 s. */
const OPEN_SECONDS = 60;
/** A Ray of its own ends in order, and takes its files along. */
const CLOSE_MS = 30_000;

/** How a slot ended: its node is gone, or what ran on it. */
export type SlotEnd = Extract<FromBridge, { type: 'ended' }>;

/** Who hears of a slot. */
export interface SlotListener {
  readonly onStarted: (facts: Facts) => void;
  readonly onPlaced: (id: number, root: string) => void;
  readonly onHeard: (bytes: Uint8Array) => void;
  readonly onRefused: (error: CortexError) => void;
  /** At most once, and nothing after it. */
  readonly onEnded: (end: SlotEnd) => void;
}

/** The program that holds slots of a Ray cluster for Cortex; one a cluster. */
export class Bridge {
  /** Resolves when it has ended, whoever ended it. */
  readonly death: Promise<CortexError>;
  readonly #spawned: Spawned;
  readonly #listeners = new Map<number, SlotListener>();
  readonly #surveys = new Map<number, (nodes: readonly RayNode[]) => void>();
  readonly #opened = Promise.withResolvers<Opened>();
  #announced: number | null = null;
  #slots = 0;
  #alive = true;

  /** Connects; rejects with an `environment` error that says why it cannot. */
  static async open(
    launch: Launch,
    address: string,
  ): Promise<{ readonly bridge: Bridge; readonly opened: Opened }> {
    const bridge = new Bridge(launch);
    let timer: NodeJS.Timeout | undefined;
    const silent = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(raySilent(address, OPEN_SECONDS)), OPEN_SECONDS * 1000);
    });
    const dead = bridge.death.then((error) => Promise.reject(error));
    dead.catch(() => undefined);
    try {
      bridge.#send({ type: 'open', address });
      return { bridge, opened: await Promise.race([bridge.#opened.promise, dead, silent]) };
    } catch (error) {
      bridge.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private constructor(launch: Launch) {
    this.#spawned = spawnWorker(launch);
    const { process: child, replies, requests, stderr } = this.#spawned;
    const words = lastLines(stderr);
    const reader = new MessageReader(LONGEST_LINE, {
      onLine: (line) => this.#take(fromBridgeSchema.parse(JSON.parse(line))),
      onFrame: (frame) => this.#heard(frame),
      onTooLong: () => this.kill(),
    });
    replies.on('data', (chunk: Uint8Array) => reader.push(chunk));
    // That it has ended is told by `death`.
    requests.on('error', () => undefined);
    const kill = (): void => this.kill();
    process.once('exit', kill);
    this.death = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    }).then(() => {
      this.#alive = false;
      process.off('exit', kill);
      return bridgeEnded(words());
    });
    void this.death.then(() => this.#endAll(words()));
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** A new slot; its number. It is started when the cluster has room for it. */
  start(
    resources: Extract<ToBridge, { type: 'start' }>['resources'],
    listener: SlotListener,
  ): number {
    this.#slots += 1;
    this.#listeners.set(this.#slots, listener);
    this.#send({ type: 'start', slot: this.#slots, resources });
    return this.#slots;
  }

  /** To a slot that has not ended; else nothing happens. */
  tell(message: Extract<ToBridge, { slot: number }>, bytes: Uint8Array = NO_BYTES): void {
    if (!this.#listeners.has(message.slot)) return;
    this.#send(message, bytes);
    if (message.type === 'stop') this.#listeners.delete(message.slot);
  }

  /** The nodes and what stands on them. */
  async survey(): Promise<readonly RayNode[]> {
    const id = this.#surveys.size + 1;
    const told = new Promise<readonly RayNode[]>((resolve) => this.#surveys.set(id, resolve));
    this.#send({ type: 'survey', id });
    return Promise.race([told, this.death.then((error) => Promise.reject(error))]);
  }

  /** Lets go of every slot, and of a Ray that was started for it. */
  async close(): Promise<void> {
    this.#spawned.requests.end();
    const late = setTimeout(() => this.kill(), CLOSE_MS);
    await this.death;
    clearTimeout(late);
  }

  kill(): void {
    killGroup(this.#spawned.process);
  }

  #send(message: ToBridge, bytes: Uint8Array = NO_BYTES): void {
    const { requests } = this.#spawned;
    if (!requests.writable) return;
    requests.write(`${JSON.stringify(message)}\n`);
    if (bytes.length > 0) requests.write(bytes);
  }

  /** How many bytes follow the message. */
  #take(message: FromBridge): number {
    if (message.type === 'opened') this.#opened.resolve(message);
    if (message.type === 'surveyed') this.#surveys.get(message.id)?.(message.nodes);
    if (message.type === 'refused') this.#refused(message);
    if (message.type === 'started') this.#listeners.get(message.slot)?.onStarted(message.facts);
    if (message.type === 'placed')
      this.#listeners.get(message.slot)?.onPlaced(message.id, message.root);
    if (message.type === 'ended') this.#end(message);
    if (message.type !== 'heard') return 0;
    this.#announced = message.slot;
    return message.bytes;
  }

  #refused({ slot, error }: Extract<FromBridge, { type: 'refused' }>): void {
    if (slot === null) return this.#opened.reject(refusedByWorker(error));
    const listener = this.#listeners.get(slot);
    this.#listeners.delete(slot);
    listener?.onRefused(refusedByWorker(error));
  }

  #heard(frame: Uint8Array): void {
    if (this.#announced !== null) this.#listeners.get(this.#announced)?.onHeard(frame);
    this.#announced = null;
  }

  #end(end: SlotEnd): void {
    const listener = this.#listeners.get(end.slot);
    this.#listeners.delete(end.slot);
    listener?.onEnded(end);
  }

  #endAll(stderr: readonly string[]): void {
    for (const slot of [...this.#listeners.keys()])
      this.#end({ type: 'ended', slot, how: 'lost', code: null, stderr });
  }
}
