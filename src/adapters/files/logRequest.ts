import type { MessagePort } from 'node:worker_threads';
import type { LogReaderOptions } from '../../log/readTrainingLog.ts';
import type { Logs } from '../../ports/logs.ts';
import type { ErrorParts } from '../../util/errors.ts';

/** What the thread that reads logs is asked; it answers on the port, where any message stops it. */
export interface LogRequest {
  readonly task: keyof Logs;
  readonly path: string;
  readonly options: LogReaderOptions;
  /** For `editorLines` alone. */
  readonly lines: readonly number[];
  readonly port: MessagePort;
}

/** What it answers: values, then the end. */
export type LogAnswer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'error'; readonly error: ErrorParts };
