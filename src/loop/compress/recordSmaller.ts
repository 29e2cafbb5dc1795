import type { AttemptOf } from '../../record/attempt.ts';
import type { Verdict } from '../../record/verdict.ts';
import { judgeFailure } from '../../judge/judgeFailure.ts';
import { comparisonAt, estimatePaired } from '../../judge/pairedComparison.ts';
import { meansOf } from '../../record/measures.ts';
import { weightBytes } from '../../model/quantize.ts';
import { beginAttempt, type AttemptDraft, type OwnFields } from '../beginAttempt.ts';
import { finishAttempt, type Trained } from '../finishAttempt.ts';
import type { Ports } from '../ports.ts';
import type { Original } from './original.ts';
import type { Smaller } from './smaller.ts';
import type { Plan } from './plans.ts';

type Own = OwnFields<AttemptOf<'compression'>> | OwnFields<AttemptOf<'distillation'>>;

/** Begins the attempt that a smaller model is recorded as; `plan`: `null` where only bits go. */
export const beginSmaller = (
  original: Original,
  plan: Plan | null,
  ports: Ports,
): Promise<AttemptDraft> =>
  beginAttempt(
    original.session,
    {
      parents: [original.summary.id],
      own: ownFields(original, plan, null) as OwnFields<AttemptOf<'compression'>>,
      text: plan?.text ?? original.file.text,
    },
    ports,
  );

/** The fields of its kind, with what came of the smallest that holds (or of the smallest). */
export function ownFields(original: Original, plan: Plan | null, chosen: Smaller | null): Own {
  const before = { bytes: weightBytes(original.model, 'float32'), parameters: original.parameters };
  const after = chosen
    ? { bytes: chosen.bytes, parameters: chosen.parameters }
    : { bytes: before.bytes, parameters: null };
  const method = [plan?.method, chosen?.precision].filter((each) => each !== undefined).join(' + ');
  const from = `#${original.summary.number}`;
  const what = plan ? `${plan.method} to ${plan.change}` : 'fewer bits';
  const shared = {
    title: `${from} made smaller: ${what}`,
    reasoning: `Asked for: a smaller model than ${from} that is as good.`,
    method: method || 'quantization',
    diff: plan?.diff ?? '',
  };
  const measured = { was: meansOf(original.trials), is: chosen?.measures ?? {} };
  return plan?.teaching
    ? {
        kind: 'distillation',
        ...shared,
        teacher: original.summary.id,
        sizes: { teacher: before, student: after },
        measures: { teacher: measured.was, student: measured.is },
      }
    : {
        kind: 'compression',
        ...shared,
        sizes: { before, after },
        measures: { before: measured.was, after: measured.is },
      };
}

/** Smaller and not worse counts as better; the record's words say by which margin. */
export function verdictOf(chosen: Smaller, { original, metric }: Judged): Verdict {
  const kinds = { 'not-worse': 'better', worse: 'worse', 'cannot-tell': 'inconclusive' } as const;
  const estimate = estimatePaired(chosen.trials, original.trials, { metric, noise: null });
  return {
    kind: kinds[chosen.verdict.kind],
    text: `${chosen.verdict.text} ${chosen.bytes} bytes of weights as ${chosen.precision}.`,
    comparisons: [comparisonAt(estimate, original.summary.id, CONFIDENCE)],
  };
}

/** What a smaller model was held against, and by what. */
interface Judged {
  readonly original: Original;
  readonly metric: string;
}

const CONFIDENCE = 0.95;

/** Nothing came of it that could be shipped. */
export async function recordFailed(
  draft: AttemptDraft,
  trained: Trained,
  ports: Ports,
): Promise<readonly Smaller[]> {
  const failed = trained.trials.find((trial) => trial.outcome === 'failed');
  const verdict = failed
    ? judgeFailure(failed.failure)
    : { kind: 'cancelled' as const, text: 'No weights came of it.', comparisons: [] };
  await finishAttempt(draft, { verdict, result: trained }, ports);
  return [];
}
