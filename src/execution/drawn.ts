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

/** The end of drawing a variant as the end of building it. */
export function builtBy(drawn: WorkerAnswer): WorkerAnswer {
  if (drawn.kind !== 'answered') return drawn;
  const { reply } = drawn;
  if (reply.type === 'drawn')
    return { ...drawn, reply: { type: 'built', id: reply.id, model: reply.model } };
  return reply.type === 'refused' && reply.error.kind === 'defect'
    ? { ...drawn, reply: { type: 'failed', id: reply.id ?? '', failure: spoiled(reply) } }
    : drawn;
}
