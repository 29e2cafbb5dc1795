import type { StudyConfig } from '../../../record/studyConfig.ts';
import { RUNNABLE_COMPILE } from '../../../model/modelFile.ts';
import type { LayersModel, Tf } from '../tf.ts';
import type { UserModules } from '../modules/userModules.ts';
import { VariantFault } from '../variantFault.ts';
import { withoutData } from './readGuard.ts';
import { builderArguments } from './builderArguments.ts';
import { findBuilder } from './findBuilder.ts';
import { checkShapes } from './modelChecks.ts';
import type { BuildData } from './modelChecks.ts';
import { requireModel } from './requireModel.ts';

/** Everything building a variant takes. */
export interface BuildInput {
  readonly tf: Tf;
  readonly modules: UserModules;
  readonly builderNames: readonly string[];
  readonly variant: { readonly path: string; readonly text: string };
  /** `null`: the study has no data yet, and nothing is checked against it. */
  readonly data: BuildData | null;
  readonly limits: Pick<StudyConfig['limits'], 'parameters' | 'modelKB'>;
  /** Called between loading the file and calling the builder: puts randomness in a known state. */
  readonly beforeBuilder: () => void;
}

const BYTES_PER_WEIGHT = 4;

/**
 * Loads the variant's text, calls its builder, and checks what it returns: a LayersModel of the
 * right shapes and inside the limits.
 */
export async function buildVariant(input: BuildInput): Promise<LayersModel> {
  const { tf, data } = input;
  input.beforeBuilder();
  const { exports, builder } = await withoutData(async () => {
    const loaded = await input.modules.load(input.variant.path, input.variant.text);
    return { ...loaded, builder: findBuilder(loaded.exports, input.builderNames) };
  });
  input.beforeBuilder();
  const given = data && builderArguments(data);
  const made = await withoutData(async () => builder({ ...given, tf }));
  const model = requireModel(tf, made);
  await withoutData(async () => compileAsFile(exports, model));
  requireFitting(model, input);
  return model;
}

/** Throws a fault where a model's shapes are not the data's, or it is beyond the limits. */
export function requireFitting(
  model: LayersModel,
  { data, limits }: Pick<BuildInput, 'data' | 'limits'>,
): void {
  if (data) checkShapes(model, data);
  checkLimits(model, limits);
}

/** A file may compile elsewhere than in its builder. */
function compileAsFile(exports: Readonly<Record<string, unknown>>, model: LayersModel): void {
  const compile = exports[RUNNABLE_COMPILE];
  const isCompiled = Boolean((model as { optimizer?: unknown }).optimizer);
  if (typeof compile === 'function' && !isCompiled) compile(model);
}

function checkLimits(model: LayersModel, limits: BuildInput['limits']): void {
  const parameters = model.countParams();
  if (parameters > limits.parameters) {
    throw new VariantFault(
      'limits',
      `The model has ${parameters} parameters; limits.parameters allows ${limits.parameters}.`,
    );
  }
  const size = (parameters * BYTES_PER_WEIGHT) / 1024;
  if (size > limits.modelKB)
    throw new VariantFault(
      'limits',
      `The model's weights take ${Math.ceil(size)} KB; limits.modelKB allows ${limits.modelKB}.`,
    );
}
