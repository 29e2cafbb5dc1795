import { isRising, middle } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { course, lowestShown, since } from './finding.ts';

/** The training loss itself climbs away from its lowest. */
export const divergence: FindingRule = ({ loss }) => {
  if (!loss || loss.values.length < 3) return null;
  const lowest = Math.min(...loss.smoothed);
  const onset = loss.smoothed.lastIndexOf(lowest);
  const end = middle(loss.values.slice(-3));
  const rise = end - lowest;
  const climbs = loss.values.length - onset >= 4 && isRising(loss.values.slice(onset)) && rise > 0.2 * Math.abs(lowest);
  const explodes = Math.min(...loss.values.slice(-2)) > 3 * Math.abs(loss.values[0] ?? 0);
  if (!(climbs || explodes) || rise <= 5 * loss.noise) return null;
  const text = `${loss.name} diverges (${course(loss)}): it has climbed since epoch ${loss.epochs[onset]} (its lowest: ${lowestShown(loss)}).`;
  return since(loss, onset, { kind: 'divergence', severity: 'problem', text });
};
