import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { tagOf } from '../../../record/kinds.ts';
import type { Study } from '../../../study/study.ts';
import { attemptDescription, attemptLabel } from '../attempt/attemptLabels.ts';
import { runCommand } from '../runCommand.ts';
import { objectiveOf } from '../../../record/objectives.ts';
import { inform } from '../messages.ts';

const APPLY = 'Apply to My File';
const NEXT = 'Next Proposal';

/** Says how an attempt ended and offers the one thing to do next; nobody has to answer. */
export function announceAttempt(study: Study, attempt: AttemptSummary): void {
  const action = attempt.verdict === 'better' ? APPLY : NEXT;
  const measured = attempt.metric
    ? `, ${objectiveOf(study.config).metric} ${attemptDescription(attempt)}`
    : '';
  const text = `${attemptLabel(attempt)}: ${tagOf(attempt)}${measured}.`;
  void inform(text, action).then((choice) => follow(choice, study.modelPath, attempt.id));
}

function follow(
  choice: string | undefined,
  modelPath: string,
  attemptId: string,
): Thenable<unknown> | undefined {
  if (choice === APPLY) return runCommand('cortex.applyAttempt', { modelPath, attemptId });
  return choice === NEXT ? runCommand('cortex.improve', { modelPath }) : undefined;
}
