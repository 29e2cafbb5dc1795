import type { Study } from '../study/study.ts';
import type { RequestLimits } from './supervise.ts';

const BUILD_SECONDS = 20;
const LEAST_DATA_SECONDS = 60;

/** What requests of a study may take. */
export const limitsOf = ({ config: { limits } }: Study): RequestLimits => ({
  dataSeconds: Math.max(limits.trialSeconds, LEAST_DATA_SECONDS),
  buildSeconds: Math.min(limits.trialSeconds, BUILD_SECONDS),
  trialSeconds: limits.trialSeconds,
  memoryMB: limits.memoryMB,
});
