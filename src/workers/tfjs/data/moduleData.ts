import { existsSync } from 'node:fs';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import { CortexError } from '../../../util/errors.ts';
import type { Dataset, Tf } from '../tf.ts';
import { lineOfError } from '../modules/placeOfError.ts';
import { realPathOf } from '../modules/userPath.ts';
import type { UserModules } from '../modules/userModules.ts';
import { VariantFault } from '../variantFault.ts';
import { joinParts, type Seal } from './arrayData.ts';
import { splitOffValidation, splitTable } from './splitTable.ts';
import { describe, toDense } from './dense.ts';
import {
  dataFileMissing,
  dataModuleFailed,
  dataNoLoader,
  dataNotFoldable,
  dataSeveralInputs,
  dataWrongForm,
} from './errors.ts';
import { describeStreams, type Streams } from './streamData.ts';
import { readTargets } from './targets.ts';
import type { StudyData, Table, Task } from './types.ts';

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
 * Calls `loadData` of the study's data module. It may return `{ inputs, targets, task? }`, or
 * ready-made splits
 * `{ train, validation, test?, task? }` of these or (with `batched?`) of `tf.data` datasets.
 */
export async function readDataModule(input: ModuleInput): Promise<Loaded> {
  const { value, files } = await callLoader(input);
  const streams = asStreams(value);
  if (!streams) return { data: readArrays(value, input), files };
  const { tf, config, seal } = input;
  if (config.split.folds > 1) throw dataNotFoldable('tf.data datasets, which are split already');
  const open = async (): Promise<Streams> => asStreams((await callLoader(input)).value) ?? streams;
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

const taskOf = (value: Fields): Task | null => {
  const { task } = value as { task?: unknown };
  if (task === undefined || task === 'classification' || task === 'regression') return task ?? null;
  throw dataWrongForm('task', describe(task));
};

function readArrays(value: Fields, { config, seal }: ModuleInput): StudyData {
  const task = taskOf(value) ?? config.task ?? null;
  if (!('train' in value))
    return splitTable(tableOf(value, task, 'What loadData returned'), config, seal);
  const given = tableOf(value['train'], task, 'train');
  const own = given.targets.task;
  const test = value['test'] ? tableOf(value['test'], own, 'test') : null;
  const parts = {
    train: given,
    test: seal === 'unsealed' ? test : null,
    testRows: test?.inputs.rows ?? 0,
  };
  if (!value['validation']) return splitOffValidation(parts, config);
  if (config.split.folds > 1) throw dataNotFoldable('a validation part of its own');
  return joinParts(
    { ...parts, validation: tableOf(value['validation'], own, 'validation') },
    config,
  );
}

function tableOf(value: unknown, task: Task | null, name: string): Table {
  const fields = fieldsOf(value);
  if (!fields || !('inputs' in fields) || !('targets' in fields))
    throw dataWrongForm(name, `${describe(value)}, without inputs and targets`);
  refuseSeveral(fields['inputs']);
  const inputs = toDense(
    fields['inputs'],
    name === 'train' || name === 'validation' || name === 'test' ? `${name}.inputs` : 'inputs',
  );
  return {
    inputs: inputs.shape.length > 0 ? inputs : { ...inputs, shape: [1] },
    targets: readTargets(fields['targets'], task),
  };
}

function asStreams(value: Fields): Streams | null {
  const { train, validation, test, batched, steps } = value;
  if (!isDataset(train)) return null;
  if (!isDataset(validation))
    throw dataWrongForm('validation', `${describe(validation)}, while train is a tf.data dataset`);
  const taken = typeof steps === 'number' ? (train.take(steps) as Dataset) : train;
  return {
    train: taken,
    validation,
    test: isDataset(test) ? test : null,
    task: taskOf(value),
    batched: typeof batched === 'boolean' ? batched : null,
  };
}

/** `inputs: [tensor, tensor]`: one part for each input of a model with several. */
function refuseSeveral(inputs: unknown): void {
  const isPart = (value: unknown): boolean => typeof fieldsOf(value)?.['dataSync'] === 'function';
  if (Array.isArray(inputs) && inputs.length > 1 && inputs.every(isPart))
    throw dataSeveralInputs(inputs.length);
}

const isDataset = (value: unknown): value is Dataset =>
  typeof fieldsOf(value)?.['forEachAsync'] === 'function';
