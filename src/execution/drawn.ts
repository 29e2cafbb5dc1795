import type { Failure } from '../record/trial.ts';
import type { FinalReply } from './requestGuard.ts';
import type { WorkerAnswer } from './workerSource.ts';

/** Code of the variant took its process apart, which then had no answer of its own. */
export const spoiled = (reply: FinalReply): Failure => ({
  kind: 'builder',
  message:
    'The process that builds the model gave no model: the model file changed what it works with' +
    `${reply.type === 'refused' ? ` (${reply.error.happened})` : ''}.`,
  line: null,
  stderr: [],
});

/** The end of building a variant, which may have broken the process that built it. */
export function orSpoiled(built: WorkerAnswer): WorkerAnswer {
  if (built.kind !== 'answered') return built;
  const { reply } = built;
  return reply.type === 'refused' && reply.error.kind === 'defect'
    ? { ...built, reply: { type: 'failed', id: reply.id ?? '', failure: spoiled(reply) } }
    : built;
}
