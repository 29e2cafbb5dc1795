import type { Blueprint } from '../../model/blueprint.ts';
import type { Failure } from '../../record/trial.ts';
import { assembleModel } from './blueprint/assembleModel.ts';
import { buildVariant, requireFitting, type BuildInput } from './builder/buildVariant.ts';
import { seedRuntime } from './runtime/determinism.ts';
import type { LayersModel, Tf } from './tf.ts';

/** What a model has to fit, and what its randomness starts from. */
export interface Wanted {
  readonly fit: Pick<BuildInput, 'data' | 'limits'>;
  readonly random: number;
}

/** Where a model comes from. Rejects with what the variant did wrong. */
export type ModelSource = (wanted: Wanted) => Promise<LayersModel>;

/** Runs the variant's builder in this process. */
export const builtHere =
  (build: Omit<BuildInput, 'beforeBuilder' | 'data' | 'limits'>): ModelSource =>
  ({ fit, random }) =>
    buildVariant({ ...build, ...fit, beforeBuilder: () => void seedRuntime(build.tf, random) });

/**
 * Puts a model together that was built elsewhere. Afterwards all randomness is in the state that
 * building it here would have left, so that both ways give the same curve.
 */
export const fromBlueprint =
  (tf: Tf, blueprint: Blueprint): ModelSource =>
  async ({ fit, random }) => {
    const model = await assembleModel(blueprint, tf);
    requireFitting(model, fit);
    seedRuntime(tf, random);
    for (let draw = 0; draw < blueprint.draws; draw += 1) Math.random();
    return model;
  };

/** What went wrong where the model was to be built. */
export class BuiltElsewhereError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}
