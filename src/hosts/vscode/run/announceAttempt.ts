import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { tagOf } from '../../../record/kinds.ts';
import type { Study } from '../../../study/study.ts';
import { attemptDescription, attemptLabel } from '../attempt/attemptLabels.ts';
import { runCommand } from '../runCommand.ts';
import { objectiveOf } from '../../../record/objectives.ts';
import { inform } from '../messages.ts';

/** Says how an attempt ended and offers the one thing to do next; nobody has to answer. */
export function announceAttempt(study: Study, attempt: AttemptSummary): void {
  const measured = attempt.metric
    ? `, ${objectiveOf(study.config).metric} ${attemptDescription(attempt)}`
    : '';
  const text = `${attemptLabel(attempt)}: ${tagOf(attempt)}${measured}.`;
  const { modelPath } = study;
  const attemptId = attempt.id;
  const apply = () => runCommand('cortex.applyAttempt', { modelPath, attemptId });
  const next = () => runCommand('cortex.improve', { modelPath });
  inform(
    text,
    attempt.verdict === 'better'
      ? { label: 'Apply to My File', take: apply }
      : { label: 'Next Proposal', take: next },
  );
}
