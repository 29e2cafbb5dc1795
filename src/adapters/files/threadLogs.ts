import { on } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { Diagnosis } from '../../log/diagnosis.ts';
import type { LogReaderOptions } from '../../log/readTrainingLog.ts';
import type { RunSpan } from '../../log/runs.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import type { Logs } from '../../ports/logs.ts';
import { CortexError } from '../../util/errors.ts';
import { logThreadError } from './logErrors.ts';
import type { LogAnswer, LogRequest } from './logRequest.ts';

type Asked = Omit<LogRequest, 'port'>;

/** Reads logs in a thread of its own, begun with the first; it keeps no process alive. */
export class ThreadLogs implements Logs {
  private readonly file: string;
  private worker: Worker | null = null;

  /** `file`: the program of the thread (`logWorker.ts`, bundled). */
  constructor(file: string) {
    this.file = file;
  }

  read(path: string, options: LogReaderOptions = {}): Promise<TrainingLog> {
    return this.one({ task: 'read', path, options, lines: [] });
  }

  watch(
    path: string,
    { signal, ...options }: LogReaderOptions & { readonly signal: AbortSignal },
  ): AsyncIterable<TrainingLog | null> {
    return this.all({ task: 'watch', path, options, lines: [] }, signal);
  }

  diagnose(path: string, options: LogReaderOptions = {}): Promise<Diagnosis> {
    return this.one({ task: 'diagnose', path, options, lines: [] });
  }

  follow(
    path: string,
    { signal, ...options }: LogReaderOptions & { readonly signal: AbortSignal },
  ): AsyncIterable<Diagnosis | null> {
    return this.all({ task: 'follow', path, options, lines: [] }, signal);
  }

  runs(path: string, options: LogReaderOptions): Promise<readonly RunSpan[]> {
    return this.one({ task: 'runs', path, options, lines: [] });
  }

  showsEpochs(path: string): Promise<boolean> {
    return this.one({ task: 'showsEpochs', path, options: {}, lines: [] });
  }

  editorLines(path: string, lines: readonly number[]): Promise<readonly number[]> {
    return this.one({ task: 'editorLines', path, options: {}, lines });
  }

  /** Ends the thread; another call begins a new one. */
  async dispose(): Promise<void> {
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private async one<T>(asked: Asked): Promise<T> {
    for await (const value of this.all<T>(asked)) return value;
    throw logThreadError(new Error('no answer'));
  }

  private async *all<T>(asked: Asked, signal?: AbortSignal): AsyncGenerator<T> {
    if (isAborted(signal)) return;
    const { port1, port2 } = new MessageChannel();
    const stop = (): void => {
      port1.postMessage('stop');
    };
    signal?.addEventListener('abort', stop, { once: true });
    this.started().postMessage({ ...asked, port: port2 } satisfies LogRequest, [port2]);
    try {
      for await (const [answer] of on(port1, 'message', { close: ['close'] }))
        if (isValue(answer as LogAnswer)) yield (answer as { value: T }).value;
        else return;
      if (!isAborted(signal)) throw logThreadError(new Error('the thread ended'));
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
      port1.close();
    }
  }

  private started(): Worker {
    const worker = this.worker ?? new Worker(this.file, { stdout: true, stderr: true });
    if (this.worker === null) {
      worker.unref();
      worker.once('error', () => {
        this.worker = null;
      });
      worker.once('exit', () => {
        if (this.worker === worker) this.worker = null;
      });
    }
    this.worker = worker;
    return worker;
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Whether more comes; throws the error that came instead. */
function isValue(answer: LogAnswer): boolean {
  if (answer.kind === 'error') throw new CortexError(answer.error);
  return answer.kind === 'value';
}
