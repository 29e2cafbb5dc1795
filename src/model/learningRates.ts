import type { Architecture } from './architecture.ts';

/** `train.*` and the optimiser strings of tfjs agree. */
const TFJS_RATES: Readonly<Record<string, number>> = {
  adam: 0.001,
  sgd: 0.01,
  rmsprop: 0.001,
  adamax: 0.002,
  adagrad: 0.01,
  adadelta: 1,
  adamW: 0.001,
  lion: 0.0001,
  rAdam: 0.001,
};

/** Where they differ from those of tfjs: Keras 3.15 and PyTorch 2.9. */
const OTHER_RATES: Readonly<Record<'keras' | 'torch', Readonly<Record<string, number>>>> = {
  keras: { lion: 0.001, adamax: 0.001, adagrad: 0.001, adadelta: 0.001 },
  torch: { sgd: 0.001, rmsprop: 0.01 },
};

/** The learning rate that an optimiser has where none is written; `null`: not known. */
export const defaultLearningRate = (
  type: string,
  framework: Architecture['framework'],
): number | null => (framework && OTHER_RATES[framework][type]) ?? TFJS_RATES[type] ?? null;
