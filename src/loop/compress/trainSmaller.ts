import { readModel, takesSource, writeModel } from '../../model/trainedModel.ts';
import type { Footing } from '../../record/training.ts';
import { putBack, type TrainedSeed } from '../export/trainedSeed.ts';
import type { Trained } from '../finishAttempt.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import { trainDraft } from '../trainDraft.ts';
import { fileName } from '../../util/fileName.ts';
import type { Ports } from '../ports.ts';
import type { Original } from './original.ts';
import type { Plan } from './plans.ts';

/** Trains what is planned on the seeds of the original, on what that has learned. */
export async function trainSmaller(
  draft: AttemptDraft,
  { plan, original }: { readonly plan: Plan; readonly original: Original },
  { signal, ports }: { readonly signal: AbortSignal; readonly ports: Ports },
): Promise<Trained> {
  const { study } = original.session;
  const footing = await footingOf(plan, original, ports);
  const seeds = original.trials.map(({ seed }) => seed);
  try {
    return await trainDraft(draft, { seeds, signal, footing }, ports);
  } finally {
    const own = new Set(original.trials.map(({ weights }) => weights));
    const borrowed = (footing.start ?? []).map(({ path }) => fileName(path));
    const made = borrowed.filter((hash) => !own.has(hash));
    await Promise.all(made.map((hash) => ports.artifacts?.delete(study, hash)));
  }
}

async function footingOf(plan: Plan, original: Original, ports: Ports): Promise<Footing> {
  const { start, teaching, hold } = plan;
  const { seeds } = original;
  return {
    ...(teaching && { teachers: { ...(await teachersOf(original, ports)), ...teaching } }),
    ...(start && {
      start: await Promise.all(seeds.map((seed) => startOf(seed, { start, original }, ports))),
    }),
    ...(hold && { hold }),
  };
}

/** The original's seeds, with its builder where the weights do not say the model. */
async function teachersOf({ seeds, session, model, file }: Original, ports: Ports) {
  await putBack(seeds, session.study, ports);
  const paths = seeds.map(({ path }) => path);
  return takesSource(model.facts) ? { paths, source: file } : { paths };
}

async function startOf(
  { trial, file }: TrainedSeed,
  { start, original }: { readonly start: NonNullable<Plan['start']>; readonly original: Original },
  { artifacts }: Ports,
): Promise<NonNullable<Footing['start']>[number]> {
  const { study } = original.session;
  const hash = (await artifacts?.put(study, writeModel(start(readModel(file))))) ?? '';
  return { seed: trial.seed, path: (await artifacts?.locate(study, hash)) ?? '' };
}
