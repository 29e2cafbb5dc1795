import { pruneUnits } from '../../model/prune.ts';
import { readModel, writeModel } from '../../model/trainedModel.ts';
import type { Footing } from '../../record/training.ts';
import type { TrainedSeed } from '../export/trainedSeed.ts';
import type { Trained } from '../finishAttempt.ts';
import type { AttemptDraft } from '../beginAttempt.ts';
import { trainDraft } from '../trainDraft.ts';
import { fileName } from '../../util/fileName.ts';
import type { Ports } from '../ports.ts';
import type { Narrowing } from './narrowings.ts';
import type { Original } from './original.ts';
import type { Method } from './smaller.ts';

/** Ways to train a narrower builder, the plainest first. */
export const METHODS = [
  'narrowing',
  'structured-pruning',
  'distillation',
  'pruning-and-distillation',
] as const;

/** What the teachers say is this share of a target, softened this much. */
const TEACHING = { share: 0.7, temperature: 2 };

/** A narrower builder, and how it is trained. */
export interface Plan extends Narrowing {
  readonly method: Exclude<Method, 'as-trained'>;
}

/** Trains a narrower builder on the seeds of the original, on what that has learned. */
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
    const borrowed = (footing.start ?? []).map(({ path }) => fileName(path));
    await Promise.all(borrowed.map((hash) => ports.artifacts?.delete(study, hash)));
  }
}

async function footingOf(plan: Plan, original: Original, ports: Ports): Promise<Footing> {
  const { seeds, session } = original;
  const isTaught = /distillation/.test(plan.method);
  const isPruned = /pruning/.test(plan.method);
  // What was recorded since may have taken their place.
  if (isTaught)
    await Promise.all(seeds.map(({ file }) => ports.artifacts?.put(session.study, file)));
  return {
    ...(isTaught && { teachers: { paths: seeds.map(({ path }) => path), ...TEACHING } }),
    ...(isPruned && {
      start: await Promise.all(seeds.map((seed) => prunedSeed(seed, { plan, original }, ports))),
    }),
  };
}

async function prunedSeed(
  { trial, file }: TrainedSeed,
  { plan, original }: { readonly plan: Plan; readonly original: Original },
  { artifacts }: Ports,
): Promise<NonNullable<Footing['start']>[number]> {
  const { study } = original.session;
  const smaller = writeModel(pruneUnits(readModel(file), plan.widths));
  const hash = (await artifacts?.put(study, smaller)) ?? '';
  return { seed: trial.seed, path: (await artifacts?.locate(study, hash)) ?? '' };
}
