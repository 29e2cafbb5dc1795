import { existsSync } from 'node:fs';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import { CortexError } from '../../../util/errors.ts';
import type { Dataset, Tf } from '../tf.ts';
import { lineOfError } from '../modules/placeOfError.ts';
import { realPathOf } from '../modules/userPath.ts';
import type { UserModules } from '../modules/userModules.ts';
import { VariantFault } from '../variantFault.ts';
import type { Seal } from './arrayData.ts';
import { splitTable, useParts } from './splitTable.ts';
import { describe } from './dense.ts';
import {
  dataFileMissing,
  dataModuleFailed,
  dataNoLoader,
  dataNotFoldable,
  dataWrongForm,
} from './errors.ts';
import { readInputs } from './inputs.ts';
import { saidOf } from './saidOfTargets.ts';
import { describeStreams, type Streams } from './streamData.ts';
import { readTargets, type SaidOfTargets } from './targets.ts';
import type { StudyData, Table } from './types.ts';
import { readWeights } from './weights.ts';

/** What reading a data module takes. */
interface ModuleInput {
  readonly tf: Tf;
  readonly modules: UserModules;
  /** Absolute. */
  readonly path: string;
  readonly config: StudyConfig;
  readonly seal: Seal;
}

/** The data and the files it came from. */
interface Loaded {
  readonly data: StudyData;
  readonly files: ReadonlySet<string>;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Calls `loadData` of the study's data module. It may return
 * `{ inputs, targets, task?, classes?, weights?, classWeights? }`, or ready-made splits
 * `{ train, validation, test?, task? }` of these or (with `batched?`, `steps?`) of `tf.data`
 * datasets.
 */
export async function readDataModule(input: ModuleInput): Promise<Loaded> {
  const { value, files } = await callLoader(input);
  const streams = asStreams(value, input.config);
  if (!streams) return { data: readArrays(value, input), files };
  const { tf, config, seal } = input;
  if (config.split.folds > 1) throw dataNotFoldable('tf.data datasets, which are split already');
  const open = async (): Promise<Streams> =>
    asStreams((await callLoader(input)).value, config) ?? streams;
  return { data: await describeStreams({ tf, config, seal, open }), files };
}

async function callLoader(
  input: ModuleInput,
): Promise<{ value: Fields; files: ReadonlySet<string> }> {
  if (!existsSync(input.path)) throw dataFileMissing(input.path);
  try {
    const { exports, files } = await input.modules.load(input.path, null);
    const loadData = exports['loadData'] ?? fieldsOf(exports['default'])?.['loadData'];
    if (typeof loadData !== 'function') throw dataNoLoader(input.path, Object.keys(exports));
    const value = fieldsOf(await (loadData as () => unknown)());
    if (!value) throw dataWrongForm('What loadData returned', 'not an object');
    return { value, files };
  } catch (error) {
    throw error instanceof CortexError
      ? error
      : dataModuleFailed(input.path, lineOf(error, input), error);
  }
}

function lineOf(error: unknown, { path, modules }: ModuleInput): number | null {
  const real = realPathOf(path);
  return error instanceof VariantFault
    ? (error.place?.line ?? null)
    : lineOfError(error, real, modules.mapOf(real));
}

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null ? (value as Fields) : null;

function readArrays(value: Fields, { config, seal }: ModuleInput): StudyData {
  const said = saidOf(value, config);
  if (!('train' in value))
    return splitTable(tableOf(value, said, 'What loadData returned'), config, seal);
  const given = tableOf(value['train'], said, 'train');
  const own = { ...said, task: sameTasksAs(given) };
  const part = (name: string): Table | null =>
    value[name] ? tableOf(value[name], own, name) : null;
  return useParts(
    { train: given, test: part('test'), validation: part('validation') },
    config,
    seal,
  );
}

/** Each output of another part is read as that of the training part was. */
const sameTasksAs =
  ({ targets }: Table): SaidOfTargets['task'] =>
  (output) =>
    targets.outputs.find(({ name }, index) => name === output || index === output)?.task ?? null;

function tableOf(value: unknown, said: SaidOfTargets, name: string): Table {
  const fields = fieldsOf(value);
  if (!fields || !('inputs' in fields) || !('targets' in fields))
    throw dataWrongForm(name, `${describe(value)}, without inputs and targets`);
  const isPart = name === 'train' || name === 'validation' || name === 'test';
  const { inputs, layout } = readInputs(fields['inputs'], isPart ? `${name}.inputs` : 'inputs');
  const targets = readTargets(fields['targets'], said);
  return { inputs, layout, targets, weights: readWeights(fields, targets) };
}

function asStreams(value: Fields, config: StudyConfig): Streams | null {
  const { train, validation, test, batched, steps, validationSteps } = value;
  if (!isDataset(train)) return null;
  if (!isDataset(validation))
    throw dataWrongForm('validation', `${describe(validation)}, while train is a tf.data dataset`);
  return {
    train: taken(train, steps),
    validation: taken(validation, validationSteps),
    test: isDataset(test) ? test : null,
    said: saidOf(value, config),
    batched: typeof batched === 'boolean' ? batched : null,
  };
}

const taken = (set: Dataset, steps: unknown): Dataset =>
  typeof steps === 'number' ? (set.take(steps) as Dataset) : set;

const isDataset = (value: unknown): value is Dataset =>
  typeof fieldsOf(value)?.['forEachAsync'] === 'function';
