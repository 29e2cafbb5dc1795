import { basename } from 'node:path';
import { TextDecoder } from 'node:util';
import type { CortexError } from '../../util/errors.ts';
import { ok, refuse } from '../../util/result.ts';
import type { Result } from '../../util/result.ts';
import { missingRunError } from '../../log/errors.ts';
import { readEventFile } from '../../log/formats/tensorBoard.ts';
import type { EventFile } from '../../log/formats/tensorBoard.ts';
import { createLogReader } from '../../log/readTrainingLog.ts';
import type { LogReader, LogReaderOptions } from '../../log/readTrainingLog.ts';
import type { RunSpan } from '../../log/runs.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { binaryLogError, noScalarsError } from './logErrors.ts';
import { encodingOf } from './textEncoding.ts';

/**
 * A log as bytes: text of any Unicode encoding, or a TensorBoard event file. What it is, its first
 * bytes tell.
 */
export class LogBytes {
  private readonly text: LogReader;
  private readonly events: EventFile;
  private readonly path: string;
  private readonly options: LogReaderOptions;
  private kind: TextDecoder | 'utf-8' | 'events' | null = null;

  constructor(path: string, options: LogReaderOptions = {}) {
    this.path = path;
    this.text = createLogReader(basename(path), options);
    this.events = readEventFile(basename(path), options.run);
    this.options = options;
  }

  /** The next piece; throws where the first one is neither text nor events. */
  push(bytes: Uint8Array): void {
    this.kind ??= this.kindOf(bytes);
    if (this.kind === 'events') this.events.push(bytes);
    else this.text.push(this.kind === 'utf-8' ? bytes : this.kind.decode(bytes, { stream: true }));
  }

  /** The run so far; the reading can go on. */
  peek(): TrainingLog | null {
    return this.kind === 'events' ? this.events.finish() : this.text.peek();
  }

  /** Every run so far; an event file has one, without lines. */
  runs(): readonly RunSpan[] {
    return this.kind === 'events' ? [] : this.text.runs();
  }

  /** The run, or why there is none. */
  finish(): Result<TrainingLog, CortexError> {
    if (this.kind === 'events') return this.finishEvents();
    if (this.kind instanceof TextDecoder) this.text.push(this.kind.decode());
    return this.text.finish();
  }

  private finishEvents(): Result<TrainingLog, CortexError> {
    const log = this.events.finish();
    if (log) return ok(log);
    const { run } = this.options;
    return refuse(
      typeof run === 'number' && this.events.count() > 0
        ? missingRunError(basename(this.path), run, this.events.count())
        : noScalarsError(this.path),
    );
  }

  private kindOf(bytes: Uint8Array): TextDecoder | 'utf-8' | 'events' {
    if (this.events.begins(bytes)) return 'events';
    const encoding = encodingOf(bytes);
    if (encoding === null) throw binaryLogError(this.path);
    return encoding === 'utf-8' ? encoding : new TextDecoder(encoding);
  }
}
