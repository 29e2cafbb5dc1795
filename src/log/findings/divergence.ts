import { lowestOf, middle } from '../robust.ts';
import { turnOf } from '../turn.ts';
import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { course, lowestShown, since } from './finding.ts';

/** A rise below this share of where it stood is not called divergence. */
const MATERIAL = 0.2;

/** The training loss itself climbs away from where it had come down to. */
export const divergence: FindingRule = ({ loss }) => {
  if (!loss || loss.values.length < 3) return null;
  const turn = turnOf(loss);
  const climbs = turn !== null && turn.rise > MATERIAL * Math.abs(turn.level);
  if (!climbs && !explodes(loss)) return null;
  const onset = climbs ? turn.at : loss.smoothed.lastIndexOf(lowestOf(loss.smoothed));
  const text =
    `${loss.name} diverges (${course(loss)}): it has climbed since epoch ${loss.epochs[onset]} ` +
    `(its lowest: ${lowestShown(loss)}).`;
  return since(loss, onset, { kind: 'divergence', severity: 'problem', text });
};

/** It ends at three times its first value, by more than noise. */
function explodes({ values, smoothed, noise }: Curve): boolean {
  const end = Math.min(...values.slice(-2));
  return (
    end > 3 * Math.abs(values[0] ?? 0) && middle(values.slice(-3)) - lowestOf(smoothed) > 5 * noise
  );
}
