import { createHash } from 'node:crypto';
import type { Preparation } from '../../../model/trainedModel.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import { applyScaling, fitScaling, plainScaling } from './preprocess.ts';
import { scalesOf } from './scales.ts';
import type { ArrayData, Part, Table, Targets } from './types.ts';
import {
  requireRows,
  requireClasses,
  requireVaryingTarget,
  requireSameRows,
  requireShape,
} from './dataChecks.ts';
import { whole } from './tableRows.ts';

/** Whether the sealed part may be kept. */
export type Seal = 'sealed' | 'unsealed';

/** Ready-made parts; the test part only where it is unsealed, its row count always. */
export interface ReadyParts {
  readonly train: Table;
  readonly validation: Table;
  readonly test: Table | null;
  readonly testRows: number;
}

/** What of a study's configuration says how its data are prepared. */
export type Config = Pick<StudyConfig, 'split' | 'preprocessing'>;

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

/** Checks the parts and fits preprocessing on the training part alone. */
export function prepare(raw: Unprepared, { preprocessing }: Config): ArrayData {
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
