import { window } from 'vscode';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { tagOf } from '../../../record/kinds.ts';
import type { Study } from '../../../study/study.ts';
import type { AttemptReference } from '../contributions.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { chooseModel } from '../study/chooseModel.ts';
import { attemptDescription, attemptLabel } from './attemptLabels.ts';

/** An attempt with its surroundings. */
export interface ChosenAttempt {
  readonly study: Study;
  readonly attempt: AttemptSummary;
  /** All attempts of the study, oldest first. */
  readonly attempts: readonly AttemptSummary[];
}

/**
 * The attempt a command is about: what it was called on, or the user's pick; `undefined` when they
 * closed the list. Its study is as it is on disk now, where it can be opened: since its attempts
 * were read, a script may have shown it its data.
 */
export async function chooseAttempt(
  host: Host,
  reference: AttemptReference | undefined,
  verb: string,
): Promise<ChosenAttempt | undefined> {
  const modelPath = reference?.modelPath ?? (await chooseModel(host, undefined));
  if (!modelPath) return undefined;
  const entry = await host.studies.load(modelPath);
  if (entry.state === 'failed') throw entry.error;
  if (entry.state === 'seen' || entry.attempts.length === 0) throw noAttemptError();
  const { attempts } = entry;
  const study = await host.studies.shown(modelPath).catch(() => entry.study);
  if (!reference) return pick(study, attempts, verb);
  const attempt = attempts.find((other) => other.id === reference.attemptId);
  if (!attempt) throw noAttemptError();
  return { study, attempts, attempt };
}

async function pick(
  study: Study,
  attempts: readonly AttemptSummary[],
  verb: string,
): Promise<ChosenAttempt | undefined> {
  const items = attempts.toReversed().map((attempt) => ({
    label: attemptLabel(attempt),
    description: [...(attempt.metric ? [tagOf(attempt)] : []), attemptDescription(attempt)].join(
      ' ',
    ),
    attempt,
  }));
  // The walkthrough takes the focus back as it ticks off its step; the list has to outlive that.
  const options = {
    title: `Cortex: ${verb} – ${study.name}`,
    placeHolder: 'Attempt',
    matchOnDescription: true,
    ignoreFocusOut: true,
  };
  const choice = await window.showQuickPick(items, options);
  return choice && { study, attempts, attempt: choice.attempt };
}
