import { window } from 'vscode';
import type { Weighed } from '../../../loop/autopilot/chooseTask.ts';
import { formatNumber } from '../../../record/format.ts';
import { TASK_KINDS, type TaskKind } from '../../../record/autopilotState.ts';

/** `null`: until nothing is left to do; `undefined`: the user thinks better of it. */
export async function askHours(study: string): Promise<number | null | undefined> {
  const answer = await window.showInputBox({
    title: `Cortex: Start Autopilot on ${study}`,
    prompt:
      'For how many hours? Empty: until nothing is left to do. It trains beside you, waits while ' +
      'you type or train, and your files stay as they are.',
    placeHolder: 'until nothing is left to do',
    validateInput: (text) =>
      text.trim() === '' || (Number(text) > 0 && Number.isFinite(Number(text)))
        ? undefined
        : 'Hours above 0, please, or nothing.',
  });
  if (answer === undefined) return undefined;
  return answer.trim() === '' ? null : Number(answer);
}

/** The key of one of the tasks that could be done; `undefined` where the list was closed. */
export async function askTask(
  study: string,
  tasks: readonly Weighed[],
): Promise<string | undefined> {
  const items = tasks.map(({ task, priority }) => ({
    label: task.kind,
    description: `${formatNumber(100 * priority.value)} % a minute`,
    detail: task.why,
    key: task.key,
  }));
  const choice = await window.showQuickPick(items, {
    title: `Cortex: Do a Task of ${study} Now`,
    placeHolder: items.length === 0 ? 'No trigger is met: add a task of your own' : 'Task',
    matchOnDetail: true,
  });
  return choice?.key;
}

const MEANINGS: Readonly<Record<TaskKind, string>> = {
  measure: 'train the file as it is; further seeds of the best',
  training: 'the check of the baseline, then proposals, each raced',
  architecture: 'search structure and numbers together',
  optimisation: 'fewer bits, narrower layers, a student, not worse',
  transfer: 'what is better in another study on the same data',
  'more-seeds': 'four more seeds of the best',
  ablation: 'which hunk of the best attempt paid',
};

/** What is to be done; `undefined` where the list was closed. */
export async function askKind(): Promise<TaskKind | undefined> {
  const items = TASK_KINDS.map((kind) => ({ label: kind, detail: MEANINGS[kind], answer: kind }));
  const choice = await window.showQuickPick(items, {
    title: 'Cortex: Add a Task for the Autopilot',
    placeHolder: 'What is to be done',
  });
  return choice?.answer;
}

/** What the user wants in his own words, empty for nothing; `undefined`: closed. */
export const askGoal = (): Thenable<string | undefined> =>
  window.showInputBox({
    title: 'Cortex: Add a Task for the Autopilot',
    prompt: 'What do you want, in your own words? Empty: whatever promises most.',
    placeHolder: 'e.g. less overfitting',
  });
