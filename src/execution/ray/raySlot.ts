import type { CortexError } from '../../util/errors.ts';
import { refusedByWorker } from '../errors.ts';
import { MessageReader } from '../protocolStream.ts';
import { stopReasonOf } from '../requestGuard.ts';
import type { Phase } from '../requestGuard.ts';
import type { Hearing, WorkerAnswer } from '../workerSource.ts';
import type { Bridge, SlotEnd } from './bridge.ts';
import type { Command, Facts, Resources, Tree } from './bridgeMessages.ts';
import { lostAnswer, SlotLost } from './lost.ts';
import { fromNodeSchema, type FromNode, type NodeOrder, type ToNode } from './hostMessages.ts';

/** A trial's weights are a frame; a reply's line is as long as its curves. */
const LONGEST_REPLY = 64 * 1024 * 1024;

/** What is trained on a slot now. */
interface Running {
  readonly id: number;
  readonly hearing: Hearing;
  readonly settle: (answer: WorkerAnswer) => void;
  readonly fail: (error: CortexError) => void;
  phase: Phase;
}

type Announced = Extract<FromNode, { type: 'reply' }>;

/** A slot of the cluster: somewhere, a program of Cortex's that trains one order at a time. */
export class RaySlot {
  readonly #bridge: Bridge;
  readonly #slot: number;
  readonly #started = Promise.withResolvers<Facts>();
  readonly #ready = Promise.withResolvers<boolean>();
  readonly #placed = new Map<number, (root: string) => void>();
  readonly #roots = new Map<string, Promise<string>>();
  readonly #gone = Promise.withResolvers<never>();
  #facts: Facts | null = null;
  #holds = false;
  #end: SlotEnd | null = null;
  #running: Running | null = null;
  #announced: Announced | null = null;
  #orders = 0;

  /** Asks the cluster for a slot; `started` says when it is there. */
  constructor(bridge: Bridge, resources: Resources) {
    this.#bridge = bridge;
    const reader = new MessageReader(LONGEST_REPLY, {
      onLine: (line) => this.#take(fromNodeSchema.parse(JSON.parse(line))),
      onFrame: (frame) => this.#frame(frame),
      onTooLong: () => this.stop(),
    });
    for (const promise of [this.#started.promise, this.#ready.promise, this.#gone.promise])
      promise.catch(() => undefined);
    this.#slot = bridge.start(resources, {
      onStarted: (facts) => {
        this.#facts = facts;
        this.#started.resolve(facts);
      },
      onPlaced: (id, root) => this.#placed.get(id)?.(root),
      onHeard: (bytes) => reader.push(bytes),
      onRefused: (error) => this.#fail(error),
      onEnded: (end) => this.#ended(end),
    });
  }

  get alive(): boolean {
    return this.#end === null;
  }

  /** Of its node; `null` before it has one. */
  get facts(): Facts | null {
    return this.#facts;
  }

  /** Something of the system's confines code of variants there. */
  get holds(): boolean {
    return this.#holds;
  }

  /** The node it came to; rejects where it ends before. */
  get started(): Promise<Facts> {
    return this.#started.promise;
  }

  /** Brings files to its node, what is not there yet; the folder they stand in. */
  place(tree: Tree): Promise<string> {
    const known = this.#roots.get(tree.hash);
    if (known) return known;
    const id = this.#roots.size;
    const placed = new Promise<string>((resolve) => this.#placed.set(id, resolve));
    const root = Promise.race([placed, this.#gone.promise]);
    this.#roots.set(tree.hash, root);
    this.#bridge.tell({ type: 'place', slot: this.#slot, id, tree });
    return root;
  }

  /** Starts Cortex's program there and greets it. */
  async run(
    command: Command,
    hello: Omit<Extract<ToNode, { type: 'hello' }>, 'type'>,
  ): Promise<void> {
    this.#bridge.tell({ type: 'run', slot: this.#slot, command });
    this.#say({ type: 'hello', ...hello });
    this.#holds = await Promise.race([this.#ready.promise, this.#gone.promise]);
  }

  /** Trains an order; a node that is lost is an ending, as of a process that was killed. */
  train(order: Omit<NodeOrder, 'type' | 'id'>, hearing: Hearing): Promise<WorkerAnswer> {
    this.#orders += 1;
    const id = this.#orders;
    const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer>();
    const running: Running = { id, hearing, settle: resolve, fail: reject, phase: 'data' };
    this.#running = running;
    if (this.#end) this.#lose(running, this.#end);
    const cancel = (): void => this.#say({ type: 'cancel', id, why: stopReasonOf(hearing.signal) });
    hearing.signal.addEventListener('abort', cancel);
    this.#say({ type: 'train', id, ...order });
    if (hearing.signal.aborted) cancel();
    return promise.finally(() => {
      hearing.signal.removeEventListener('abort', cancel);
      this.#running = null;
    });
  }

  /** Lets go of it, whatever it does. */
  stop(): void {
    this.#bridge.tell({ type: 'stop', slot: this.#slot });
    this.#ended({ type: 'ended', slot: this.#slot, how: 'exit', code: null, stderr: [] });
  }

  #say(message: ToNode): void {
    const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
    this.#bridge.tell({ type: 'say', slot: this.#slot, bytes: bytes.length }, bytes);
  }

  /** How many bytes follow. */
  #take(message: FromNode): number {
    if (message.type === 'ready') this.#ready.resolve(message.holds);
    if (message.type === 'answer') this.#current(message.id)?.settle(message.answer);
    if (message.type === 'refused') this.#current(message.id)?.fail(refusedByWorker(message.error));
    if (message.type !== 'reply') return 0;
    if (message.bytes > 0) this.#announced = message;
    else this.#tell(message, new Uint8Array());
    return message.bytes;
  }

  #frame(frame: Uint8Array): void {
    if (this.#announced) this.#tell(this.#announced, frame);
    this.#announced = null;
  }

  #tell({ id, reply }: Announced, frame: Uint8Array): void {
    const running = this.#current(id);
    if (!running) return;
    if (reply.type === 'phase') running.phase = reply.phase;
    running.hearing.onReply(reply, frame);
  }

  #current(id: number): Running | null {
    return this.#running?.id === id ? this.#running : null;
  }

  #fail(error: CortexError): void {
    this.#ended({ type: 'ended', slot: this.#slot, how: 'exit', code: null, stderr: [] }, error);
  }

  #ended(end: SlotEnd, error: CortexError | null = null): void {
    if (this.#end) return;
    this.#end = end;
    const why = error ?? new SlotLost(end);
    for (const each of [this.#started, this.#ready, this.#gone]) each.reject(why);
    if (this.#running && error) this.#running.fail(error);
    else if (this.#running) this.#lose(this.#running, end);
  }

  #lose({ settle, phase, hearing: { signal } }: Running, { stderr }: SlotEnd): void {
    settle({ ...lostAnswer(this.#facts, { signal, why: stderr.at(-1) ?? '' }), phase });
  }
}
