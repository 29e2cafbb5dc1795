import { concludeAblation } from '../../../loop/ablation/hunkEffects.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { attemptLabel } from './attemptLabels.ts';
import { chooseAttempt } from './chooseAttempt.ts';
import { inform } from '../messages.ts';

/**
 * "Ablate Hunks": trains a better attempt without each of its hunks, and shows on its page what
 * each brought.
 */
export async function ablate(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = await chooseAttempt(host, reference, 'Ablate Hunks');
  if (!chosen) return;
  const { study, attempt } = chosen;
  const effects = await host.runs.start(
    { study, name: 'Ablate Hunks', automatic: true },
    async (signal) => (await host.engine.get()).ablate(study, attempt.id, signal),
  );
  await runCommand('cortex.showAttempt', { modelPath: study.modelPath, attemptId: attempt.id });
  inform(
    [
      `${attemptLabel(attempt)}.`,
      ...effects.map(({ text }) => text),
      ...concludeAblation(effects),
    ].join(' '),
  );
}
