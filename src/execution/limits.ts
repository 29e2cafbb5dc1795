import { languageOf } from '../model/modelFile.ts';
import type { Study } from '../study/study.ts';
import type { RequestLimits } from './requestGuard.ts';

const BUILD_SECONDS = 20;
/** The first build of a process compiles every operation it comes to. */
const PYTHON_BUILD_SECONDS = 180;
const LEAST_DATA_SECONDS = 60;

/** What requests of a study may take. */
export const limitsOf = ({ modelPath, config: { limits } }: Study): RequestLimits => ({
  dataSeconds: Math.max(limits.trialSeconds, LEAST_DATA_SECONDS),
  buildSeconds: Math.min(
    limits.trialSeconds,
    languageOf(modelPath) === 'python' ? PYTHON_BUILD_SECONDS : BUILD_SECONDS,
  ),
  trialSeconds: limits.trialSeconds,
  memoryMB: limits.memoryMB,
});
