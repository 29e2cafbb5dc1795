import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { ProcessWorkers } from '../processWorkers.ts';
import { MessageReader } from '../protocolStream.ts';
import { answerOrder } from '../command/answerOrder.ts';
import type { LogSource } from '../command/commandRun.ts';
import { BY_COMMAND } from '../command/runSeeds.ts';
import type { PythonPlace } from '../pythonLaunch.ts';
import type { Hearing, WorkerAnswer } from '../workerSource.ts';
import type { WorkerSurroundings } from '../workerOptions.ts';
import { footingIn } from '../../record/training.ts';
import { cancelledError, CortexError, refusalOf } from '../../util/errors.ts';
import { trainerDisposed } from '../errors.ts';
import { placedUnder } from './placedUnder.ts';
import { toNodeSchema, type FromNode, type NodeOrder, type ToNode } from './hostMessages.ts';

/** What a node has. */
interface Node {
  /** Folder of Cortex's files there. */
  readonly assetFolder: string;
  readonly nodePath: string;
  /** Folder of Cortex's own there. */
  readonly cacheFolder: string;
  readonly findPython: PythonPlace['findPython'];
  /** The Python that Ray runs on there. */
  readonly interpreter: string;
  /** Reads what a command logs to. */
  readonly logs: LogSource;
}

const NO_BYTES = new Uint8Array();
/** A trained model by its path is the longest thing said; variants are texts. */
const LONGEST_ORDER = 64 * 1024 * 1024;

/**
 * Serves one worker slot on a node of a cluster: takes orders, trains them in processes that are
 * started, watched and confined as on Cortex's own machine, and tells what comes of them.
 */
export class NodeSide {
  readonly #node: Node;
  readonly #output: Writable;
  readonly #running = new Map<number, AbortController>();
  readonly #disposed = new AbortController();
  #workers: ProcessWorkers | null = null;
  #cortex = '';
  /** What is trained now: a slot does one thing at a time. */
  #order: NodeOrder | null = null;

  constructor(node: Node, output: Writable) {
    this.#node = node;
    this.#output = output;
  }

  /** Until the input ends: whoever asked is gone. */
  serve(input: Readable, onEnd: () => void): void {
    const reader = new MessageReader(LONGEST_ORDER, {
      onLine: (line) => {
        this.#take(toNodeSchema.parse(JSON.parse(line)));
        return 0;
      },
      onFrame: () => undefined,
      onTooLong: onEnd,
    });
    input.on('data', (chunk: Uint8Array) => reader.push(chunk));
    input.on('end', onEnd);
  }

  #take(message: ToNode): void {
    if (message.type === 'cancel') return this.#cancel(message);
    if (message.type === 'train') return void this.#train(message);
    this.#cortex = message.cortex;
    this.#workers = new ProcessWorkers(1, this.#surroundings(message), this.#disposed.signal);
    this.#say({ type: 'ready', holds: this.#workers.layer !== 'none' });
  }

  #cancel({ id, why }: Extract<ToNode, { type: 'cancel' }>): void {
    const reason = why === 'interrupted' ? trainerDisposed() : cancelledError('Training');
    this.#running.get(id)?.abort(reason);
  }

  async #train(message: NodeOrder): Promise<void> {
    const { id } = message;
    const running = new AbortController();
    this.#running.set(id, running);
    try {
      const answer = await this.#trained(placedUnder(message), running.signal);
      this.#say({ type: 'answer', id, answer });
    } catch (error) {
      if (!(error instanceof CortexError)) throw error;
      this.#say({ type: 'refused', id, error: refusalOf(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  async #trained(message: NodeOrder, signal: AbortSignal): Promise<WorkerAnswer> {
    const workers = this.#workers;
    if (!workers) throw new Error('An order came before the greeting.');
    this.#order = message;
    const { id, study, order } = message;
    const onReply: Hearing['onReply'] = (reply, frame) =>
      this.#say({ type: 'reply', id, reply, bytes: frame.length }, frame);
    if (order.runtime === BY_COMMAND) return this.#run(message, { signal, onReply });
    const inputs = workers.keep({ ...study, logPath: null });
    const { keepWeights, start: _, teachers: __, hold: ___, ...own } = order;
    return workers.train(
      0,
      {
        ...own,
        inputs,
        ...(keepWeights && { keepWeights }),
        ...footingIn(order),
      },
      { signal, onReply },
    );
  }

  /** The user's own command, on a ground of its own over the files that were sent. */
  #run({ root, study, order }: NodeOrder, hearing: Hearing): Promise<WorkerAnswer> {
    const { assetFolder, logs } = this.#node;
    return answerOrder({ ...study, logPath: null }, order, hearing, {
      ...logs,
      cortexVersion: this.#cortex,
      startFolder: join(assetFolder, 'command'),
      pythonFor: () => Promise.resolve(this.#node.interpreter),
      rootFor: () => root,
    });
  }

  #surroundings({ cortex, builderNames }: Extract<ToNode, { type: 'hello' }>): WorkerSurroundings {
    const { assetFolder, nodePath, cacheFolder, findPython } = this.#node;
    const order = (): NodeOrder | null => this.#order;
    return {
      nodePath,
      workerPath: join(assetFolder, 'worker.cjs'),
      assetFolder,
      tfjsNodeFolders: (study) => [study.folder, assetFolder, join(cacheFolder, 'tfjs-node')],
      python: {
        pythonWorkerPath: join(assetFolder, 'python', 'main.py'),
        compiledFolder: join(cacheFolder, 'compiled'),
        get attachedFolder() {
          return order()?.attachedFolder ?? '';
        },
        findPython,
      },
      builderNames,
      cortexVersion: cortex,
      sources: () => Promise.resolve(order()?.sources ?? []),
      mayRunUnheld: () => Promise.resolve(order()?.unheld ?? false),
    };
  }

  /** Where files stand on this node is nobody's business: they are named as on Cortex's machine. */
  #say(message: FromNode, frame: Uint8Array = NO_BYTES): void {
    const root = JSON.stringify(this.#order?.root ?? '').slice(1, -1);
    const text = JSON.stringify(message);
    this.#output.write(`${root === '' ? text : text.replaceAll(root, '')}\n`);
    if (frame.length > 0) this.#output.write(frame);
  }
}
