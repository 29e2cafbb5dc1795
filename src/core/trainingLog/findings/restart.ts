import { middle } from '../robust.ts';
import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { figure, since } from './finding.ts';

/** Epochs on each side of a step. */
const REACH = 5;
/** A step, in standard deviations of one epoch, that noise makes in fewer than one run of a hundred. */
const CLEAR = 3.2;

/** The training loss makes a step between two epochs: up where training was restarted, down where the learning rate was cut. */
export const restart: FindingRule = ({ loss, log }) => {
  const step = loss && clearestStep(loss);
  if (!loss || !step) return null;
  const { at, size } = step;
  const why = size > 0 ? 'training was restarted, or the data or the learning rate changed' : 'the learning rate was cut, or something else changed';
  const [before, after] = [rateAt(log.series['lr'], log.epochs, loss.epochs[at - 1]), rateAt(log.series['lr'], log.epochs, loss.epochs[at])];
  const rate = before !== null && after !== null && before !== after ? ` (lr went from ${figure(before)} to ${figure(after)})` : '';
  const text = `loss steps ${size > 0 ? 'up' : 'down'} by ${figure(Math.abs(size))} at epoch ${loss.epochs[at]}${rate}: ${why}.`;
  const line = loss.lines[at];
  return { ...since(loss, at, { kind: 'restart', severity: 'info', text }), lines: line === undefined ? [] : [line] };
};

/** The largest step that neither the noise nor the course before it explains. */
function clearestStep({ values, noise }: Curve): { readonly at: number; readonly size: number } | null {
  let best = { at: -1, size: 0 };
  for (let at = 2 * REACH; at <= values.length - REACH; at += 1) {
    const size = unexplained(values, at);
    if (Math.abs(size) > Math.abs(best.size) && Math.sign((values[at] ?? 0) - (values[at - 1] ?? 0)) === Math.sign(size)) best = { at, size };
  }
  const range = Math.abs(middle(values));
  return best.at > 0 && Math.abs(best.size) > CLEAR * noise && Math.abs(best.size) > 0.02 * range ? best : null;
}

/** The step beyond twice what the curve moved over as many epochs before. */
function unexplained(values: readonly number[], at: number): number {
  const [earlier, before, after] = [values.slice(at - 2 * REACH, at - REACH), values.slice(at - REACH, at), values.slice(at, at + REACH)].map(middle);
  const [step, course] = [(after ?? 0) - (before ?? 0), (before ?? 0) - (earlier ?? 0)];
  if (step > 0) return Math.max(0, step - 2 * Math.max(0, course));
  return Math.min(0, step - 2 * Math.min(0, course));
}

function rateAt(rates: readonly (number | null)[] | undefined, epochs: readonly number[], epoch: number | undefined): number | null {
  return rates?.[epochs.findIndex((other) => other === epoch)] ?? null;
}
