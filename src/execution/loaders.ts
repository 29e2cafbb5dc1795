import type { Study } from '../study/study.ts';
import type { Lane, WorkerOptionsFor } from './lane.ts';
import type { Work } from './protocol.ts';
import { WorkerProcess } from './workerProcess.ts';

/** It holds nothing that would have to be ended in order. */
const GRACE_MS = 0;

/** What is asked of a worker, as far as it says which files are to be put together. */
type Asked = Pick<Extract<Work, { type: 'predict' }>, 'type' | 'model'> | { type: string };

interface Asking {
  readonly lane: Lane;
  readonly study: Study;
  /** The runtime whose library puts a trained model together. */
  readonly loader?: string;
}

/**
 * The process that puts a trained model together: for kept weights the one of the lane, for the
 * files of an export one that has done nothing else.
 */
export async function openLoader(
  request: Asked,
  { lane, loader, study }: Asking,
  optionsFor: WorkerOptionsFor,
): Promise<WorkerProcess> {
  if (loader === undefined) throw new Error('No code of a variant is to run for this request.');
  const asked = { runtime: loader, study, role: 'loader' } as const;
  return isOfWeights(request) ? lane.worker(asked) : WorkerProcess.start(await optionsFor(asked));
}

/** It is not asked any more for what was requested. */
export function closeLoader(request: Asked, loader: WorkerProcess): void {
  if (!isOfWeights(request)) void loader.close(GRACE_MS);
}

const isOfWeights = (request: Asked): boolean =>
  'model' in request && request.model.format === 'safetensors' && !request.model.writeAs;
