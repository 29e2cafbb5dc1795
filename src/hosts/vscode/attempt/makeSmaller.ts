import { window } from 'vscode';
import type { Compressed } from '../../../loop/compress/smaller.ts';
import { formatNumber } from '../../../record/format.ts';
import { answerOf, wayOf } from '../../../show/smallerWords.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference } from '../contributions.ts';
import type { Host } from '../host.ts';
import { chooseAttempt } from './chooseAttempt.ts';

const NAME = 'Make It Smaller';

/** "Make It Smaller…": fewer bits, fewer units, a student; the front of size against metric. */
export async function makeSmaller(
  host: Host,
  reference: AttemptReference | undefined,
): Promise<void> {
  const chosen = await chooseAttempt(host, reference, NAME);
  const limit = chosen && (await askNumber('Largest size of the weights in KiB', '256'));
  const lose = limit && (await askNumber('What may be lost, in % (of accuracy, say)', '1'));
  if (!chosen || !limit || !lose) return;
  const { study, attempt } = chosen;
  const result = await host.runs.start({ study, name: NAME, automatic: true }, async (signal) =>
    (await host.engine.get()).compress(study, {
      id: attempt.id,
      limit: Number(limit) * 1024,
      metric: null,
      mayLose: Number(lose) / 100,
      seeds: null,
      signal,
    }),
  );
  await showFront(result, Number(limit) * 1024, study.modelPath);
}

const askNumber = (title: string, value: string): Thenable<string | undefined> =>
  window.showInputBox({
    title: `Cortex: ${NAME} – ${title}`,
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (Number(text) > 0 ? null : 'Expected a number above 0.'),
  });

/** Every way that was tried, the smallest first; choosing one shows its attempt. */
async function showFront(compressed: Compressed, limit: number, modelPath: string): Promise<void> {
  const { tried, best, metric } = compressed;
  const placeHolder = answerOf(compressed, limit).join(' ');
  const items = tried.map((each) => ({
    label: `${each === best ? '$(star-full) ' : ''}${each.bytes} bytes, ${each.verdict.kind}`,
    description: wayOf(each),
    detail: `${metric} ${formatNumber(each.measures[metric] ?? NaN)}. ${each.verdict.text}`,
    attemptId: each.attempt,
  }));
  const options = { title: `Cortex: ${NAME}`, placeHolder, ignoreFocusOut: true };
  const choice = await window.showQuickPick(items, options);
  if (choice) await runCommand('cortex.showAttempt', { modelPath, attemptId: choice.attemptId });
}
