import { commands, env, Uri, window, type Disposable } from 'vscode';
import { shortCommit } from '../../../record/format.ts';
import { baselineOf } from '../../../study/lineage.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { fileName } from '../../../util/fileName.ts';
import { attemptLabel } from './attemptLabels.ts';
import { variantUri } from './attemptUris.ts';
import { chooseAttempt, type ChosenAttempt } from './chooseAttempt.ts';
import { inform } from '../messages.ts';

type AttemptCommand = (chosen: ChosenAttempt, host: Host) => Promise<void>;

/** What one does with an attempt: look at it, compare it, apply it, name it. */
export function createAttemptCommands(host: Host): Disposable {
  const disposables = new Disposables();
  const register = (
    id: Parameters<typeof registerOn>[1],
    verb: string,
    run: AttemptCommand,
  ): void => {
    disposables.add(registerOn(host, id, verb, run));
  };
  register('cortex.applyAttempt', 'Apply to My File', apply);
  register('cortex.copySha', 'Copy SHA', copySha);
  register('cortex.diffWithParent', 'Open Diff with Parent', (chosen) =>
    diff(chosen, parentOf(chosen), 'parent'),
  );
  register('cortex.diffWithBaseline', 'Open Diff with Baseline', (chosen) =>
    diff(chosen, baselineOf(chosen.attempt, chosen.attempts), 'baseline'),
  );
  register('cortex.diffWithFile', 'Open Diff with My File', diffWithFile);
  return disposables;
}

const registerOn = (
  host: Host,
  id:
    | 'cortex.applyAttempt'
    | 'cortex.copySha'
    | 'cortex.diffWithParent'
    | 'cortex.diffWithBaseline'
    | 'cortex.diffWithFile',
  verb: string,
  run: AttemptCommand,
): Disposable =>
  host.commands.register(id, async (reference) => {
    const chosen = await chooseAttempt(host, reference, verb);
    if (chosen) await run(chosen, host);
  });

async function apply(
  { study, attempt, attempts }: ChosenAttempt,
  { engine, beginning }: Host,
): Promise<void> {
  const baseline = baselineOf(attempt, attempts);
  const { applyToFile } = await beginning();
  await applyToFile({
    modelPath: study.modelPath,
    name: attemptLabel(attempt),
    base: await (await engine.get()).variantText(study, baseline.id),
    text: await (await engine.get()).variantText(study, attempt.id),
    kept: new Set(attempts.map((other) => other.sourceHash)),
    preview: variantUri({ modelPath: study.modelPath, attemptId: attempt.id }),
  });
}

async function copySha({ attempt }: ChosenAttempt): Promise<void> {
  await env.clipboard.writeText(attempt.commit);
  window.setStatusBarMessage(`Copied ${shortCommit(attempt.commit)} (#${attempt.number}).`, 4_000);
}

function parentOf({ attempt, attempts }: ChosenAttempt): AttemptSummary {
  return attempts.find((other) => other.id === attempt.parents[0]) ?? attempt;
}

async function diff(
  { study, attempt }: ChosenAttempt,
  other: AttemptSummary,
  role: string,
): Promise<void> {
  if (other.id === attempt.id)
    return inform(`${attemptLabel(attempt)} has no ${role} to compare with.`);
  const uriOf = (attemptId: string): Uri => variantUri({ modelPath: study.modelPath, attemptId });
  const title = `${role} #${other.number} ↔ ${attemptLabel(attempt)}`;
  await commands.executeCommand('vscode.diff', uriOf(other.id), uriOf(attempt.id), title);
}

async function diffWithFile({ study, attempt }: ChosenAttempt): Promise<void> {
  const right = variantUri({ modelPath: study.modelPath, attemptId: attempt.id });
  await commands.executeCommand(
    'vscode.diff',
    Uri.file(study.modelPath),
    right,
    `${fileName(study.modelPath)} ↔ ${attemptLabel(attempt)}`,
  );
}
