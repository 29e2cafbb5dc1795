import type { Diagnosis } from '../diagnosis.ts';
import { steadyGapOf } from '../gap.ts';
import { isFalling, middle, slopeOf } from '../robust.ts';
import type { Curve, RunView } from '../runView.ts';
import { turnOf } from '../turn.ts';
import type { FindingRule } from './finding.ts';
import { course, lowestShown, percent, since } from './finding.ts';
import { plateauOnset } from './plateau.ts';

/** The level of overfitting and the index in the validation curve where it begins. */
interface Overfitting {
  readonly level: Diagnosis['overfitting'];
  readonly onset: number | null;
  readonly why: string;
}

/**
 * Likely: val_loss has risen by more than 5 % from its lowest while loss fell on, or stands still
 * at a gap above 20 %. Moderate: a smaller rise, or a gap from 10 % at a standstill, or above 20 %
 * while val_loss falls less than half as fast as loss. A gap alone proves nothing while both come
 * down together.
 */
export function overfittingOf(run: RunView): Overfitting {
  const { loss, valLoss } = run;
  const gap = steadyGapOf(run);
  if (!loss || !valLoss || valLoss.values.length < 5 || gap === null)
    return { level: 'cannot-tell', onset: null, why: '' };
  return (
    fromRise(loss, valLoss) ??
    fromGap(loss, valLoss, gap) ?? { level: 'unlikely', onset: null, why: '' }
  );
}

/** Overfitting in words, with the epoch it begins at. */
export const overfitting: FindingRule = (run) => {
  const { level, onset, why } = overfittingOf(run);
  if (!run.loss || !run.valLoss || level === 'cannot-tell') return null;
  const severity = level === 'likely' ? 'problem' : level === 'moderate' ? 'warning' : 'info';
  const text =
    level === 'unlikely'
      ? `Overfitting is unlikely: ${run.valLoss.name} goes where ${run.loss.name} goes.`
      : `Overfitting is ${level}: ${why}`;
  return since(run.valLoss, onset, { kind: 'overfitting', severity, text });
};

function fromRise(loss: Curve, valLoss: Curve): Overfitting | null {
  const turn = turnOf(valLoss);
  if (!turn) return null;
  const onset = turn.at;
  const share = turn.rise / Math.max(Math.abs(turn.level), Number.MIN_VALUE);
  if (share <= 0.02 || !fellSince(loss, valLoss.epochs[onset] ?? 0)) return null;
  const why =
    `${valLoss.name} has risen by about ${percent(share)} since epoch ${valLoss.epochs[onset]} ` +
    `(its lowest: ${lowestShown(valLoss)}), while ${loss.name} fell on.`;
  return { level: share > 0.05 ? 'likely' : 'moderate', onset, why };
}

function fromGap(loss: Curve, valLoss: Curve, gap: number): Overfitting | null {
  const held = valLoss.tail.direction !== 'falling';
  if (held && loss.tail.direction === 'falling' && gap >= 0.1) return whileHeld(loss, valLoss, gap);
  if (gap <= 0.2) return null;
  if (held)
    return {
      level: 'moderate',
      onset: null,
      why: `${valLoss.name} stays about ${percent(gap)} above ${loss.name}.`,
    };
  const lags = valLoss.tail.change > loss.tail.change / 2;
  return lags
    ? {
        level: 'moderate',
        onset: null,
        why:
          `${valLoss.name} falls less than half as fast as ${loss.name} and is about ` +
          `${percent(gap)} above it.`,
      }
    : null;
}

function whileHeld(loss: Curve, valLoss: Curve, gap: number): Overfitting {
  const onset = plateauOnset(valLoss);
  const still = onset === null ? '' : ` since epoch ${valLoss.epochs[onset]}`;
  const why =
    `${loss.name} still falls (${course(loss)}) while ${valLoss.name} stands still${still}, ` +
    `about ${percent(gap)} above it.`;
  return { level: gap > 0.2 ? 'likely' : 'moderate', onset, why };
}

function fellSince({ values, epochs, noise, smoothed }: Curve, epoch: number): boolean {
  const from = Math.max(
    0,
    epochs.findIndex((other) => other >= epoch),
  );
  const rest = values.slice(from);
  const least = 0.01 * Math.abs(smoothed[from] ?? 0);
  return (
    middle(values.slice(-3)) < (smoothed[from] ?? 0) - Math.max(noise, least) ||
    (isFalling(rest) && -slopeOf(rest) * (rest.length - 1) > least)
  );
}
