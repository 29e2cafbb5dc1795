import type { BuiltModel } from '../../../model/builtModel.ts';
import type { DataProfile } from '../../../record/dataProfile.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import { RUNNABLE_COMPILE } from '../../../model/modelFile.ts';
import type { LayersModel, Tf } from '../tf.ts';
import type { UserModules } from '../modules/userModules.ts';
import { VariantFault } from '../variantFault.ts';
import { guarded, requireRuntimeMethods } from './tamperGuard.ts';
import { findBuilder } from './findBuilder.ts';

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

/** What the study's data asks of a model. */
interface BuildData extends Pick<DataProfile, 'inputShape' | 'outputUnits'> {
  /** Absent where the data are elsewhere, and the model is checked there. */
  readonly task?: DataProfile['task'];
  readonly outputShape?: readonly number[] | undefined;
}

const BYTES_PER_WEIGHT = 4;

/**
 * Loads the variant's text, calls its builder, and checks what it returns: a LayersModel of the
 * right shapes and inside the limits.
 */
export async function buildVariant(input: BuildInput): Promise<LayersModel> {
  const { tf, data } = input;
  input.beforeBuilder();
  const { exports, builder } = await guarded(tf, async () => {
    const loaded = await input.modules.load(input.variant.path, input.variant.text);
    return { ...loaded, builder: findBuilder(loaded.exports, input.builderNames) };
  });
  input.beforeBuilder();
  const given = data && { inputShape: [...data.inputShape], outputUnits: data.outputUnits };
  const made = await guarded(tf, async () => builder({ ...given, tf }));
  const model = requireModel(tf, made);
  await guarded(tf, async () => compileAsFile(exports, model));
  requireRuntimeMethods(tf, model);
  requireFitting(model, input);
  return model;
}

/** Throws a fault where a model's shapes are not the data's, or it is beyond the limits. */
export function requireFitting(
  model: LayersModel,
  { data, limits }: Pick<BuildInput, 'data' | 'limits'>,
): void {
  if (data?.task) checkShapes(model, data);
  checkLimits(model, limits);
}

/** The model in neutral words. */
export const describeModel = (model: LayersModel): BuiltModel => ({
  layers: model.layers.map((layer) => ({
    name: layer.name,
    className: layer.getClassName(),
    outputShape: shapeOf(layer).slice(1),
    parameters: layer.countParams(),
  })),
  parameters: model.countParams(),
});

type Dimensions = readonly (number | null)[];

/** A model within a model has a place of its own: its outputs tell what it gives there. */
const shapeOf = (layer: LayersModel['layers'][number]): Dimensions =>
  'layers' in layer
    ? ((layer as LayersModel).outputs[0]?.shape ?? [])
    : firstShape(layer.outputShape);

const firstShape = (shape: unknown): Dimensions =>
  Array.isArray(shape) && Array.isArray(shape[0])
    ? (shape[0] as Dimensions)
    : (shape as Dimensions);

/** A file may compile elsewhere than in its builder. */
function compileAsFile(exports: Readonly<Record<string, unknown>>, model: LayersModel): void {
  const compile = exports[RUNNABLE_COMPILE];
  const isCompiled = Boolean((model as { optimizer?: unknown }).optimizer);
  if (typeof compile === 'function' && !isCompiled) compile(model);
}

/** The model itself, or the first one in what the builder gives: an object, a list. */
function requireModel(tf: Tf, returned: unknown): LayersModel {
  const isModel = (value: unknown): value is LayersModel => value instanceof tf.LayersModel;
  if (isModel(returned)) return returned;
  const parts = Array.isArray(returned) ? returned : [returned];
  const found = [...parts, ...parts.flatMap(modelsOf)].find(isModel);
  if (found) return found;
  const what = returned === undefined || returned === null ? 'nothing' : `a ${kindOf(returned)}`;
  throw new VariantFault(
    'builder',
    `The builder returned ${what}. Return a tf.LayersModel (tf.sequential(…) or tf.model(…)).`,
  );
}

/** What an object keeps, `model` first. */
function modelsOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return [Reflect.get(value, 'model'), ...Object.values(value)];
}

const kindOf = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? (value.constructor?.name ?? 'plain object')
    : typeof value;

function checkShapes(model: LayersModel, data: NonNullable<BuildInput['data']>): void {
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw new VariantFault(
      'shape',
      `The model has ${counted(model.inputs.length, 'input')} and ` +
        `${counted(model.outputs.length, 'output')}: models with several of them can be ` +
        'inspected, not trained yet. The study needs one of each.',
    );
  }
  requireShape('takes inputs', model.inputs[0]?.shape ?? [], data.inputShape);
  const output = model.outputs[0]?.shape ?? [];
  if (isOneForTwo(output, data)) return;
  requireNumbers(output, data);
  requireShape('gives outputs', output, data.outputShape ?? [data.outputUnits]);
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`;

/** One unit tells two classes apart: its output is the probability of the second. */
const isOneForTwo = (output: Dimensions, { task, outputUnits }: BuildData): boolean =>
  task === 'classification' && outputUnits === 2 && output.length === 2 && output[1] === 1;

/** One output for many classes: the targets were taken for classes, and are a quantity. */
function requireNumbers(output: Dimensions, { task, outputUnits }: BuildData): void {
  if (task !== 'classification' || output.length !== 2 || output[1] !== 1) return;
  throw new VariantFault(
    'shape',
    `The model gives one number; the targets are whole numbers and were taken for ${outputUnits} ` +
      "classes. Where they are a quantity, say so: task: 'regression' in what loadData returns, " +
      'or "task": "regression" in cortex.json.',
  );
}

function requireShape(what: string, got: Dimensions, expected: readonly number[]): void {
  const own = got.slice(1);
  const agrees =
    own.length === expected.length &&
    own.every((size, axis) => size === null || size === expected[axis]);
  if (!agrees)
    throw new VariantFault(
      'shape',
      `The model ${what} of shape [${own.join(', ')}]; the study's data needs ` +
        `[${expected.join(', ')}].`,
    );
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
