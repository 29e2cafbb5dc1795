import type { HunkEffect } from '../../loop/ablation/hunkEffects.ts';

/** The JSON form of what each hunk of an attempt brought. */
export const hunksDocument = (effects: readonly HunkEffect[]) =>
  effects.map(({ hunk, header, attemptId, effect, text }) => ({
    hunk,
    header,
    attempt: attemptId,
    effect: effect && {
      mean: effect.meanDifference,
      interval: effect.interval,
      seeds: effect.seeds.length,
    },
    text,
  }));
