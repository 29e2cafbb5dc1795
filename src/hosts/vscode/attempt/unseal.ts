import { openingsIn } from '../../../record/kinds.ts';
import { currentBest } from '../../../study/lineage.ts';
import { branchOf } from '../../../study/study.ts';
import { runCommand } from '../runCommand.ts';
import type { AttemptReference } from '../contributions.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { attemptLabel } from './attemptLabels.ts';
import { chooseAttempt, type ChosenAttempt } from './chooseAttempt.ts';
import { objectivesOf } from '../../../record/objectives.ts';
import { ask, inform } from '../messages.ts';

const OPEN = 'Open Sealed Test';

/**
 * "Open Sealed Test": an attempt (by itself: the best) and its baseline on rows that no search has
 * read. Asks first, for it can be done only once untouched.
 */
export async function unseal(host: Host, reference: AttemptReference | undefined): Promise<void> {
  const chosen = reference ? await chooseAttempt(host, reference, OPEN) : await chooseBest(host);
  if (!chosen || !(await confirm(chosen))) return;
  const { study, attempt } = chosen;
  const { record, text } = await host.runs.start(
    { study, name: OPEN, automatic: true },
    async (signal) => (await host.engine.get()).unseal(study, attempt.id, signal),
  );
  await runCommand('cortex.showAttempt', { modelPath: study.modelPath, attemptId: record.id });
  inform(`${attemptLabel(attempt)}. ${text}`);
}

/** The best of the study the user chooses; `undefined` when they closed the list. */
async function chooseBest(host: Host): Promise<ChosenAttempt | undefined> {
  const modelPath = await chooseModel(host, undefined);
  if (!modelPath) return undefined;
  const entry = await host.studies.load(modelPath);
  if (entry.state === 'failed') throw entry.error;
  const attempt =
    entry.state === 'ready' ? currentBest(entry.attempts, objectivesOf(entry.study.config)) : null;
  if (entry.state !== 'ready' || !attempt) throw noAttemptError();
  return { study: entry.study, attempts: entry.attempts, attempt };
}

async function confirm({ study, attempt, attempts }: ChosenAttempt): Promise<boolean> {
  const detail = [
    'It and its baseline are trained again and measured on the rows that no search has read.',
    historyOf(openingsIn(attempts)),
    'Whatever you choose after looking may be chosen because of what you saw, so open it ' +
      'when you are done.',
    `The opening is committed to ${branchOf(study.name)} and counted; your files stay as they are.`,
  ].join(' ');
  return (
    (await ask(`Open the sealed test part for ${attemptLabel(attempt)}?`, detail, OPEN)) === OPEN
  );
}

function historyOf(openings: number): string {
  if (openings === 0)
    return (
      'It was never opened in this study: only the first number is free of any choice made by ' +
      'looking.'
    );
  return (
    `It was opened ${openings === 1 ? 'once' : `${openings} times`} before, so this number is ` +
    'no longer untouched.'
  );
}
