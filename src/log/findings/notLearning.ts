import { highestOf, isSurelyFalling, isSurelyRising, middle, slopeOf } from '../robust.ts';
import type { Curve, RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, since } from './finding.ts';

/** With more classes their logarithms lie so close together that any loss would match one. */
const MOST_CLASSES = 20;

/** The training loss has not moved over the whole run; at ln(classes), the network guesses. */
export const notLearning: FindingRule = (run) => {
  const { loss } = run;
  if (!loss || !standsStill(loss) || isGoodAlready(run)) return null;
  const level = middle(loss.values);
  const classes = guessedClasses(run, level);
  const guess =
    classes === null ? '' : `, which is ln(${classes}): guessing among ${classes} classes`;
  const text =
    `${loss.name} has not moved in ${loss.values.length} epochs (about ` +
    `${figure(level)}${guess}).`;
  return since(loss, 0, { kind: 'not-learning', severity: 'problem', text });
};

/**
 * The whole curve keeps one level, give or take its noise: it neither falls for sure, nor began
 * above, nor is its noise too large to tell.
 */
export function standsStill({ values, noise }: Curve): boolean {
  const level = Math.abs(middle(values));
  if (values.length < 5 || noise > 0.1 * level || cameDown(values, noise)) return false;
  const fall = -slopeOf(values) * (values.length - 1);
  const moves =
    Math.abs(fall) > 0.02 * level && (fall > 0 ? isSurelyFalling(values) : isSurelyRising(values));
  return !moves && largestStep(values) <= Math.max(0.05 * level, 10 * noise);
}

/** It began clearly above where it stands, however short that time was. */
const cameDown = (values: readonly number[], noise: number): boolean =>
  middle(values.slice(0, 3)) - middle(values) >
  Math.max(3 * noise, 0.02 * Math.abs(middle(values)));

const largestStep = (values: readonly number[]): number =>
  highestOf(values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value))));

const isGoodAlready = ({ accuracy, valAccuracy }: RunView): boolean =>
  ((accuracy ?? valAccuracy)?.tail.level ?? 0) > 0.8;

function guessedClasses({ accuracy, valAccuracy }: RunView, level: number): number | null {
  const classes = Math.round(Math.exp(level));
  if (classes < 2 || classes > MOST_CLASSES || Math.abs(level - Math.log(classes)) > 0.02 * level)
    return null;
  const share = (accuracy ?? valAccuracy)?.tail.level;
  return share === undefined || share < 2 / classes ? classes : null;
}
