import { createHash } from 'node:crypto';
import type { Preparation } from '../../../model/trainedModel.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import {
  dataConstantTarget,
  dataOneClass,
  dataTooFewRows,
  dataTooManyClasses,
  dataWrongShape,
} from './errors.ts';
import { applyScaling, fitScaling, plainScaling } from './preprocess.ts';
import { scalesOf } from './scales.ts';
import { foldRows, splitRows } from './split.ts';
import { renumber } from './targets.ts';
import type { ArrayData, Part, Table, Targets } from './types.ts';

/** Whether the sealed part may be kept. */
export type Seal = 'sealed' | 'unsealed';

/** Ready-made parts; the test part only where it is unsealed, its row count always. */
interface ReadyParts {
  readonly train: Table;
  readonly validation: Table;
  readonly test: Table | null;
  readonly testRows: number;
}

type Config = Pick<StudyConfig, 'split' | 'preprocessing'>;

const FEWEST_ROWS = 10;

/**
 * Splits a table by the study's seed (by class for classification). Under the seal the test rows
 * are dropped here.
 */
export function splitTable(table: Table, config: Config, seal: Seal): ArrayData {
  const { inputs, targets } = table;
  requireRows('The data', inputs.rows, FEWEST_ROWS);
  requireSameRows(table, 'the data');
  return withFolds(
    dealRows(table, config.split).map((rows) =>
      prepare(
        {
          inputShape: inputs.shape,
          targets,
          testRows: rows.test.length,
          train: pick(table, rows.train),
          validation: pick(table, rows.validation),
          test: seal === 'unsealed' && rows.test.length > 0 ? pick(table, rows.test) : null,
        },
        config,
      ),
    ),
  );
}

/**
 * Ready-made parts without one for validation: the study's share is taken off the training part, or
 * that is dealt into folds.
 */
export function splitOffValidation(
  { train, ...others }: Omit<ReadyParts, 'validation'>,
  config: Config,
): ArrayData {
  requireSameRows(train, 'the train part');
  return withFolds(
    dealRows(train, { ...config.split, test: 0 }).map((rows) =>
      joinParts(
        {
          ...others,
          train: tableOfRows(train, rows.train),
          validation: tableOfRows(train, rows.validation),
        },
        config,
      ),
    ),
  );
}

/** One split, or one a fold. */
function dealRows({ inputs, targets }: Table, split: Config['split']): ReturnType<typeof foldRows> {
  const labels = targets.task === 'classification' ? targets.labels : null;
  return split.folds > 1
    ? foldRows(inputs.rows, labels, split)
    : [splitRows(inputs.rows, labels, split)];
}

/** The first with all of them in it; the hash is of them all. */
function withFolds(all: readonly ArrayData[]): ArrayData {
  const [first] = all;
  if (!first) throw new Error('A split without parts.');
  if (all.length === 1) return { ...first, foldable: true };
  const hash = createHash('sha256')
    .update(JSON.stringify(all.map((fold) => fold.hash)))
    .digest('hex');
  return { ...first, hash, foldable: true, folds: all };
}

/** Uses ready-made parts as they are. */
export function joinParts(parts: ReadyParts, config: Config): ArrayData {
  const { train, validation, test } = parts;
  for (const [name, part] of [
    ['train', train],
    ['validation', validation],
    ...(test ? [['test', test] as const] : []),
  ] as const) {
    requireSameRows(part, `the ${name} part`);
    requireShape(part, train, name);
  }
  return prepare(
    {
      inputShape: train.inputs.shape,
      targets: train.targets,
      testRows: parts.testRows,
      train: whole(train, train.targets, 'train'),
      validation: whole(validation, train.targets, 'validation'),
      test: test && whole(test, train.targets, 'test'),
    },
    config,
  );
}

interface Unprepared {
  readonly inputShape: readonly number[];
  readonly targets: Targets;
  readonly testRows: number;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part | null;
}

function prepare(raw: Unprepared, { preprocessing }: Config): ArrayData {
  const { targets, train, validation, test, inputShape } = raw;
  if (targets.task === 'classification') requireClasses(train.targets, targets.classes);
  else requireVaryingTarget(train.targets, targets.units);
  requireRows('The training part', train.rows, 2);
  requireRows('The validation part', validation.rows, 1);
  const { transform, preparation } = preparationFor(raw, preprocessing);
  const trained = transform(train);
  return {
    kind: 'arrays',
    task: targets.task,
    inputShape,
    outputUnits: targets.task === 'classification' ? targets.classes.length : targets.units,
    ...(targets.task === 'regression' && targets.shape && { outputShape: targets.shape }),
    rows: { train: train.rows, validation: validation.rows, test: raw.testRows },
    classShares:
      targets.task === 'classification' ? shares(train.targets, targets.classes.length) : [],
    hash: hashOf(inputShape, [train, validation]),
    targetVariance: targets.task === 'regression' ? varianceOf(trained.targets, targets.units) : 0,
    scales: scalesOf(trained, { inputShape, targets }),
    preparation,
    train: trained,
    validation: transform(validation),
    test: test && transform(test),
  };
}

/** Preprocessing fitted on the training part alone. */
function preparationFor(
  { train, inputShape, targets }: Unprepared,
  options: Config['preprocessing'],
): { readonly transform: (part: Part) => Part; readonly preparation: Preparation } {
  const width = inputShape.reduce((product, axis) => product * axis, 1);
  const inputs = options.standardizeInputs ? fitScaling(train.inputs, width) : null;
  const outputs =
    options.scaleTargets && targets.task === 'regression'
      ? fitScaling(train.targets, targets.units)
      : null;
  return {
    transform: (part) => ({
      rows: part.rows,
      inputs: inputs ? applyScaling(part.inputs, inputs) : part.inputs,
      targets: outputs ? applyScaling(part.targets, outputs) : part.targets,
    }),
    preparation: {
      inputs: inputs && plainScaling(inputs),
      targets: outputs && plainScaling(outputs),
      classes: targets.task === 'classification' ? targets.classes : [],
    },
  };
}

const targetValues = (targets: Targets): Float32Array =>
  targets.task === 'classification' ? targets.labels : targets.values;

function pick({ inputs, targets }: Table, rows: readonly number[]): Part {
  const width = inputs.shape.reduce((product, axis) => product * axis, 1);
  return {
    rows: rows.length,
    inputs: gather(inputs.values, rows, width),
    targets: gather(
      targetValues(targets),
      rows,
      targets.task === 'classification' ? 1 : targets.units,
    ),
  };
}

function tableOfRows(table: Table, rows: readonly number[]): Table {
  const { inputs, targets } = pick(table, rows);
  return {
    inputs: { values: inputs, rows: rows.length, shape: table.inputs.shape },
    targets:
      table.targets.task === 'classification'
        ? { ...table.targets, labels: targets }
        : { ...table.targets, values: targets },
  };
}

function gather(values: Float32Array, rows: readonly number[], width: number): Float32Array {
  const picked = new Float32Array(rows.length * width);
  rows.forEach((row, place) =>
    picked.set(values.subarray(row * width, (row + 1) * width), place * width),
  );
  return picked;
}

function whole(table: Table, reference: Targets, part: string): Part {
  const { inputs, targets } = table;
  if (targets.task !== reference.task)
    throw dataWrongShape(
      `The ${part} part holds ${targets.task} targets, the training part ${reference.task}.`,
      'the same kind of target in each part.',
    );
  const values =
    targets.task === 'classification' && reference.task === 'classification'
      ? renumber(targets, reference.classes, part)
      : targetValues(targets);
  return { rows: inputs.rows, inputs: inputs.values, targets: values };
}

function requireRows(what: string, rows: number, needed: number): void {
  if (rows < needed) throw dataTooFewRows(what, rows, needed);
}

function requireClasses(labels: Float32Array, classes: readonly string[]): void {
  const seen = new Set(labels);
  if (seen.size < 2) throw dataOneClass(classes[labels[0] ?? 0] ?? '');
  if (labels.length > 20 && seen.size > labels.length / 2)
    throw dataTooManyClasses(seen.size, labels.length);
}

/** Several outputs may hold a constant one, but not all may be. */
export function requireVaryingTarget(values: Float32Array, units: number): void {
  if (values.length > units && values.every((value, index) => value === values[index % units]))
    throw dataConstantTarget(values[0] ?? 0);
}

function requireSameRows({ inputs, targets }: Table, what: string): void {
  const rows =
    targets.task === 'classification'
      ? targets.labels.length
      : targets.values.length / targets.units;
  if (rows !== inputs.rows)
    throw dataWrongShape(
      `In ${what} there are ${inputs.rows} inputs and ${rows} targets.`,
      'one target for each input.',
    );
}

function requireShape(part: Table, train: Table, name: string): void {
  if (part.inputs.shape.join() === train.inputs.shape.join()) return;
  throw dataWrongShape(
    `Inputs of the ${name} part have the shape [${part.inputs.shape.join(', ')}], those of ` +
      `the training part [${train.inputs.shape.join(', ')}].`,
    'the same shape in each part.',
  );
}

function shares(labels: Float32Array, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => count / labels.length);
}

function varianceOf(values: Float32Array, units: number): number {
  const { mean } = fitScaling(values, units);
  return (
    values.reduce((sum, value, index) => sum + (value - (mean[index % units] ?? 0)) ** 2, 0) /
    values.length
  );
}

function hashOf(shape: readonly number[], parts: readonly Part[]): string {
  const hash = createHash('sha256').update(JSON.stringify([shape, parts.map((part) => part.rows)]));
  for (const part of parts)
    for (const values of [part.inputs, part.targets])
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.digest('hex');
}
