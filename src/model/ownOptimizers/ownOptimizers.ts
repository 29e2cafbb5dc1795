import { essence } from '../ownLayers/essence.ts';
import { averagedAdam, clippedAdam, cosineAdam } from './courses.ts';
import {
  functionOf,
  optimizerClassOf,
  optimizerHelper,
  type OwnOptimizer,
} from './ownOptimizer.ts';
import { rAdam } from './rectified.ts';
import { adamW, lion } from './rules.ts';

/** Every optimiser whose source Cortex brings along. */
export const OWN_OPTIMIZERS: readonly OwnOptimizer[] = [
  cosineAdam,
  clippedAdam,
  averagedAdam,
  adamW,
  lion,
  rAdam,
];

/** The optimiser of that type; `null` for those of a library. */
export const ownOptimizer = (type: string): OwnOptimizer | null =>
  OWN_OPTIMIZERS.find((own) => own.type === type) ?? null;

/**
 * The optimiser that a function or class of that name makes, where its source is still the one
 * that was brought along.
 */
export function ownOptimizerMadeBy(name: string, source: string): OwnOptimizer | null {
  const own = OWN_OPTIMIZERS.find((one) =>
    [one.type, functionOf(one), optimizerClassOf(one)].includes(name),
  );
  if (!own) return null;
  const known = Object.values(optimizerHelper(own, 'tfjs').source).map(essence);
  return known.includes(essence(source)) ? own : null;
}
