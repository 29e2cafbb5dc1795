import { window } from 'vscode';
import type { AttemptSummary } from '../../core/ports.ts';
import type { Study } from '../../core/study/study.ts';
import { attemptDescription, attemptLabel } from '../attempt/attemptLabels.ts';
import { runCommand } from '../commandRunner.ts';

/** Says how an attempt ended and offers what one does next. */
export async function announceAttempt({ modelPath, config }: Study, attempt: AttemptSummary): Promise<void> {
  const apply = 'Apply to My File';
  const show = 'Show Attempt';
  const actions = attempt.verdict === 'better' ? [apply, show] : [show];
  const measured = attempt.metric ? `, ${config.objective.metric} ${attemptDescription(attempt)}` : '';
  const text = `${attemptLabel(attempt)}: ${attempt.verdict}${measured}.`;
  const choice = await window.showInformationMessage(text, ...actions);
  const reference = { modelPath, attemptId: attempt.id };
  if (choice === apply) await runCommand('cortex.applyAttempt', reference);
  if (choice === show) await runCommand('cortex.showAttempt', reference);
}
