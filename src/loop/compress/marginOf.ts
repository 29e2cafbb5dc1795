import type { Margin } from '../../judge/nonInferiority.ts';
import { meansOf } from '../../record/measures.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { Original } from './original.ts';
import type { CompressRequest } from './smaller.ts';

/** One-sided, of every verdict on a smaller model. */
const CONFIDENCE = 0.95;

/**
 * What may be lost: of an accuracy or R² in its own units, of anything else a share of the
 * original's value.
 */
export function marginOf({ session, trials, model }: Original, request: CompressRequest): Margin {
  const own = objectiveOf(session.study.config);
  const isClasses = model.facts.task === 'classification';
  const metric = request.metric ?? (isClasses ? 'val_accuracy' : own.metric);
  const isShare = /accuracy|r2/.test(metric);
  const direction = isShare ? 'maximize' : 'minimize';
  const objective: Objective = metric === own.metric ? own : { metric, direction };
  const value = Math.abs(meansOf(trials)[metric] ?? 0);
  return {
    objective,
    margin: isShare ? request.mayLose : request.mayLose * value,
    confidence: CONFIDENCE,
  };
}
