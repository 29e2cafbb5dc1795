import type { Task } from '../data/types.ts';
import type { Reading } from './evaluator.ts';
import type { TargetForm } from './targetTensors.ts';

/** What decides which loss an output has, and in what form its targets are handed on. */
export interface AskedLoss {
  readonly task: Task;
  readonly reading: Reading;
  /** The study hands classes to losses one-hot. */
  readonly oneHot: boolean;
}

/** The study's own loss of an output, by the name `compile` takes. */
export function defaultLoss({ task, reading, oneHot }: AskedLoss): string {
  if (task === 'regression') return 'meanSquaredError';
  if (task === 'multi-label' || isOneUnit(reading)) return 'binaryCrossentropy';
  return oneHot ? 'categoricalCrossentropy' : 'sparseCategoricalCrossentropy';
}

/** A sparse loss takes class numbers, any other known one takes one-hot rows. */
export function formFor(loss: string | null, { reading, oneHot }: AskedLoss): TargetForm {
  if (isOneUnit(reading) || loss === 'sparseCategoricalCrossentropy') return 'class-number';
  return loss !== null || oneHot ? 'one-hot' : 'class-number';
}

/** Whether a loss is what the study measures anyway. */
export function sameMeasure(loss: string | null, asked: AskedLoss): boolean {
  if (asked.task === 'regression') return loss === 'meanSquaredError' || loss === 'mse';
  if (asked.task === 'multi-label' || isOneUnit(asked.reading))
    return loss === 'binaryCrossentropy';
  return loss === 'categoricalCrossentropy' || loss === 'sparseCategoricalCrossentropy';
}

const isOneUnit = (reading: Reading): boolean =>
  reading === 'one-unit' || reading === 'one-unit-logits';
