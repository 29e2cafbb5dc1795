import { precisionOf, type ExportChoice } from '../../model/formats/exportFormat.ts';
import { roundedTo } from '../../model/quantize.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';
import type { Predictions } from '../../ports/trainer.ts';
import type { Objective } from '../../record/studyConfig.ts';
import { gainOf } from '../../study/objective.ts';
import { exportDiffers, exportRuins } from './exportErrors.ts';

/** How far a loaded export is from what was trained. */
export interface Compared {
  /** Of validation. */
  readonly rows: number;
  /** Greatest difference of an output on these rows. */
  readonly difference: number;
}

interface Terms {
  readonly model: TrainedModel;
  readonly choice: ExportChoice;
  readonly objective: Objective;
}

const ROWS = 100;
/** Share of the largest output that the order of additions may cost. */
const ROUNDING = 1e-4;
/** Share of the metric that rounding the weights may cost. */
const MOST_LOST = 0.1;

/**
 * Compares what two models answer to the same rows; refuses an export that is not what its weights
 * say, and one whose rounded weights lose too much.
 */
export function requireSame(before: Predictions, after: Predictions, terms: Terms): Compared {
  const { model, choice, objective } = terms;
  const [a, b] = [first(before, model), first(after, model)];
  const difference = greatestDifference(a, b);
  const allowed = allowedDifference(a, terms);
  if (!(difference <= allowed)) throw exportDiffers(difference, allowed);
  const [from, to] = [before, after].map(({ measures }) => measures[objective.metric] ?? NaN);
  if (from === undefined || to === undefined) return { rows: 0, difference };
  if (choice.quantize !== null && lost(from, to, objective) > MOST_LOST)
    throw exportRuins(precisionOf(choice), { metric: objective.metric, before: from, after: to });
  return { rows: a.length / widthOf(model), difference };
}

/** Of several outputs each stands for itself, row after row: then all rows are compared. */
const first = ({ outputs }: Predictions, model: TrainedModel): Float32Array =>
  model.facts.outputs ? outputs : outputs.subarray(0, ROWS * widthOf(model));

/** Numbers that all outputs give for a row. */
const widthOf = ({ facts: { outputs, outputUnits } }: TrainedModel): number =>
  outputs?.reduce((sum, { shape }) => sum + sizeOf(shape), 0) ?? outputUnits;

const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, axis) => product * axis, 1);

function greatestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? NaN))), 0);
}

/**
 * Weights as they were trained: rounding of sums alone. Rounded ones: as much as the outputs
 * change at all, times the share by which the weights were moved, through every layer.
 */
function allowedDifference(outputs: Float32Array, { model, choice }: Terms): number {
  const largest = outputs.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  if (choice.quantize === null) return ROUNDING * largest;
  const layers = model.weights.filter(({ shape }) => shape.length > 1).length;
  return largest * Math.min(1, (1 + movedBy(model, choice)) ** (2 * layers) - 1 + ROUNDING);
}

/** Largest share of its range by which rounding moves a weight of any tensor. */
function movedBy(model: TrainedModel, choice: ExportChoice): number {
  const rounded = roundedTo(model, precisionOf(choice));
  return Math.max(
    ...model.weights.map(({ values }, index) => {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
      const moved = greatestDifference(values, rounded.weights[index]?.values ?? values);
      return (moved / largest) * Math.sqrt(values.length);
    }),
  );
}

const lost = (from: number, to: number, objective: Objective): number =>
  -gainOf(to - from, objective) / (Math.abs(from) || 1);
