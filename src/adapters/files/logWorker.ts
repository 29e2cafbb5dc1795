/** Entry of the thread that reads logs: a gigabyte, or a slow diagnosis, holds no host up. */
import { parentPort } from 'node:worker_threads';
import { CortexError } from '../../util/errors.ts';
import type { ErrorParts } from '../../util/errors.ts';
import { diskLogs } from './diskLogs.ts';
import { logThreadError } from './logErrors.ts';
import type { LogAnswer, LogRequest } from './logRequest.ts';

parentPort?.on('message', (request: LogRequest) => {
  void answer(request);
});

async function answer(request: LogRequest): Promise<void> {
  const { port } = request;
  const tell = (message: LogAnswer): void => {
    port.postMessage(message);
  };
  const abort = new AbortController();
  port.on('message', () => {
    abort.abort();
  });
  try {
    for await (const value of valuesOf(request, abort.signal)) tell({ kind: 'value', value });
    tell({ kind: 'end' });
  } catch (error) {
    tell({ kind: 'error', error: partsOf(error) });
  } finally {
    port.close();
  }
}

async function* valuesOf(
  { task, path, options, lines }: LogRequest,
  signal: AbortSignal,
): AsyncGenerator {
  if (task === 'follow') yield* diskLogs.follow(path, { ...options, signal });
  else if (task === 'watch') yield* diskLogs.watch(path, { ...options, signal });
  else if (task === 'read') yield await diskLogs.read(path, options);
  else if (task === 'diagnose') yield await diskLogs.diagnose(path, options);
  else if (task === 'runs') yield await diskLogs.runs(path, options);
  else if (task === 'showsEpochs') yield await diskLogs.showsEpochs(path);
  else yield await diskLogs.editorLines(path, lines);
}

/** Errors lose their class on the way to another thread. */
function partsOf(error: unknown): ErrorParts {
  const { code, kind, happened, expected, remedy } =
    error instanceof CortexError ? error : logThreadError(error);
  return { code, kind, happened, expected, remedy };
}
