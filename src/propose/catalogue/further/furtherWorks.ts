import { WORKS_ON_ACTIVATIONS } from './activations.ts';
import { WORKS_ON_AVERAGES } from './averages.ts';
import { WORKS_ON_CELLS } from './cells.ts';
import { WORKS_ON_CLASSES } from './classes.ts';
import { WORKS_ON_CONVOLUTIONS } from './convolutions.ts';
import { WORKS_ON_COURSES } from './courses.ts';
import { WORKS_ON_CYCLES } from './cycles.ts';
import { WORKS_ON_DECAY } from './decay.ts';
import { WORKS_ON_DROPOUT } from './dropout.ts';
import { WORKS_ON_EXPERTS } from './experts.ts';
import { WORKS_ON_FAST_WEIGHTS } from './fastWeights.ts';
import { WORKS_ON_FEEDBACK } from './feedback.ts';
import { WORKS_ON_FOURIER_FEATURES } from './fourierFeatures.ts';
import { WORKS_ON_GATES } from './gates.ts';
import { WORKS_ON_INHIBITION } from './inhibition.ts';
import { WORKS_ON_NORMALIZATION } from './normalization.ts';
import { WORKS_ON_OPTIMIZERS } from './optimizers.ts';
import { WORKS_ON_PLACES } from './places.ts';
import { WORKS_ON_POOLING } from './pooling.ts';
import { WORKS_ON_RATES } from './rates.ts';
import { WORKS_ON_SELF_ATTENTION } from './selfAttention.ts';
import { WORKS_ON_SHORTCUTS } from './shortcuts.ts';
import { WORKS_ON_SIZE } from './size.ts';
import { WORKS_ON_SPARSITY } from './sparsity.ts';
import { WORKS_ON_STEPS } from './steps.ts';
import { WORKS_ON_WAVES } from './waves.ts';
import { WORKS_ON_WIDTH } from './width.ts';
import type { Work } from '../work.ts';

/** Works by what they are about, beside those that each idea began with. */
export const FURTHER_WORKS: readonly Work[] = [
  ...WORKS_ON_SPARSITY,
  ...WORKS_ON_INHIBITION,
  ...WORKS_ON_FEEDBACK,
  ...WORKS_ON_EXPERTS,
  ...WORKS_ON_FAST_WEIGHTS,
  ...WORKS_ON_FOURIER_FEATURES,
  ...WORKS_ON_WAVES,
  ...WORKS_ON_COURSES,
  ...WORKS_ON_CYCLES,
  ...WORKS_ON_AVERAGES,
  ...WORKS_ON_DECAY,
  ...WORKS_ON_OPTIMIZERS,
  ...WORKS_ON_RATES,
  ...WORKS_ON_NORMALIZATION,
  ...WORKS_ON_DROPOUT,
  ...WORKS_ON_SELF_ATTENTION,
  ...WORKS_ON_PLACES,
  ...WORKS_ON_STEPS,
  ...WORKS_ON_CELLS,
  ...WORKS_ON_WIDTH,
  ...WORKS_ON_SIZE,
  ...WORKS_ON_SHORTCUTS,
  ...WORKS_ON_GATES,
  ...WORKS_ON_CONVOLUTIONS,
  ...WORKS_ON_POOLING,
  ...WORKS_ON_ACTIVATIONS,
  ...WORKS_ON_CLASSES,
];
