import { createHash } from 'node:crypto';
import type { Preparation } from '../../../model/trainedModel.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import { requireRows, requireSameRows, requireShape } from './dataChecks.ts';
import { factsOf, requireLearnable } from './facts.ts';
import { applyScaling, fitScaling, plainScaling, type Scaling } from './preprocess.ts';
import { scalesOf } from './scales.ts';
import { whole } from './tableRows.ts';
import {
  inputWidth,
  targetWidth,
  type ArrayData,
  type InputLayout,
  type OutputLayout,
  type Part,
  type Table,
} from './types.ts';

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
      layout: train.layout,
      outputs: train.targets.outputs,
      testRows: parts.testRows,
      train: whole(train, train, 'train'),
      validation: whole(validation, train, 'validation'),
      test: test && whole(test, train, 'test'),
    },
    config,
  );
}

interface Unprepared {
  readonly layout: readonly InputLayout[];
  readonly outputs: readonly OutputLayout[];
  readonly testRows: number;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part | null;
}

/** Checks the parts and fits preprocessing on the training part alone. */
export function prepare(raw: Unprepared, { preprocessing }: Config): ArrayData {
  const { layout, outputs, train, validation, test } = raw;
  requireLearnable(train.targets, outputs);
  requireRows('The training part', train.rows, 2);
  requireRows('The validation part', validation.rows, 1);
  const { transform, preparation } = preparationFor(raw, preprocessing);
  const trained = transform(train);
  return {
    kind: 'arrays',
    inputs: layout,
    outputs: factsOf(trained.targets, outputs),
    rows: { train: train.rows, validation: validation.rows, test: raw.testRows },
    hash: hashOf(raw),
    scales: scalesOf(trained, { layout, outputs }),
    preparation,
    train: trained,
    validation: transform(validation),
    test: test && transform(test),
  };
}

/** Preprocessing fitted on the training part alone. */
function preparationFor(
  { train, layout, outputs }: Unprepared,
  options: Config['preprocessing'],
): { readonly transform: (part: Part) => Part; readonly preparation: Preparation } {
  const inputs = options.standardizeInputs ? fitScaling(train.inputs, inputWidth(layout)) : null;
  const hasNumbers = outputs.some(({ task }) => task === 'regression');
  const targets = options.scaleTargets && hasNumbers ? targetScaling(train.targets, outputs) : null;
  return {
    transform: (part) => ({
      ...part,
      inputs: inputs ? applyScaling(part.inputs, inputs) : part.inputs,
      targets: targets ? applyScaling(part.targets, targets) : part.targets,
    }),
    preparation: {
      inputs: inputs && plainScaling(inputs),
      targets: targets && plainScaling(targets),
      classes: outputs[0]?.classes ?? [],
    },
  };
}

/** Class numbers and labels stay what they are. */
function targetScaling(values: Float32Array, outputs: readonly OutputLayout[]): Scaling {
  const { mean, deviation } = fitScaling(values, targetWidth(outputs));
  const isNumber = outputs.flatMap(({ task, width }) =>
    Array.from({ length: width }, () => task === 'regression'),
  );
  return {
    mean: mean.map((each, column) => (isNumber[column] ? each : 0)),
    deviation: deviation.map((each, column) => (isNumber[column] ? each : 1)),
  };
}

function hashOf({ layout, outputs, train, validation }: Unprepared): string {
  const parts = [train, validation];
  const hash = createHash('sha256').update(
    JSON.stringify([shapeOf(layout, outputs), parts.map((part) => part.rows)]),
  );
  for (const part of parts)
    for (const values of [part.inputs, part.targets, ...(part.weights ? [part.weights] : [])])
      hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return hash.digest('hex');
}

/** One input and one output are told by the input's shape alone. */
const shapeOf = (layout: readonly InputLayout[], outputs: readonly OutputLayout[]): unknown =>
  layout.length === 1 && outputs.length === 1
    ? layout[0]?.shape
    : [layout.map(({ shape }) => shape), outputs.map(({ task, shape }) => [task, shape])];
