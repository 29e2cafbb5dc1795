import { formatNumber } from '../../record/format.ts';
import { plural } from '../../util/plural.ts';
import type { SweepStanding } from './standing.ts';

/** `214 tried, 2 running · best val_loss 0.0112 (as it is 0.0341) · 1.2 min left`. */
export function sweepLine(standing: SweepStanding): string {
  const { tried, running, objective, best, start, minutes, trials, seconds } = standing;
  const found =
    best === null
      ? 'nothing trained to its end yet'
      : `best ${objective.metric} ${formatNumber(best.value)}` +
        (start ? ` (as it is ${formatNumber(start.value)})` : '');
  const left = [
    ...(minutes === undefined ? [] : [`${(minutes - seconds / 60).toFixed(1)} min left`]),
    ...(trials === undefined ? [] : [plural(Math.max(0, trials - tried), 'trial') + ' left']),
  ];
  return [`${tried} tried, ${running.length} running`, found, ...left].join(' · ');
}
