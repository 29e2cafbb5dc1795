import { type Disposable } from 'vscode';
import type { LoopEvent } from '../../../loop/loopEvent.ts';
import { runCommand } from '../commandRunner.ts';
import type { Host } from '../host.ts';
import { inform, warn } from '../messages.ts';

const SHOW = 'Show the Check';

/**
 * Says what the check of a baseline found, before the first proposal: all of it in one message,
 * once in a window; and what else of the study its user has to know.
 */
export function createCheckNotice({ engine, runs }: Host): Disposable {
  const told = new Set<string>();
  let found: Extract<LoopEvent, { kind: 'checked' }>[] = [];
  return engine.onEvent((event) => {
    if (event.kind === 'checked') return void found.push(event);
    if (event.kind === 'notice') return void inform(event.text);
    const text = found.map((finding) => finding.text).join(' ');
    const attemptId = found[0]?.check ?? null;
    found = [];
    const modelPath = runs.current?.study.modelPath;
    if (text === '' || modelPath === undefined || told.has(`${modelPath} ${text}`)) return;
    told.add(`${modelPath} ${text}`);
    void warn(text, ...(attemptId === null ? [] : [SHOW])).then((choice) =>
      choice && attemptId !== null
        ? runCommand('cortex.showAttempt', { modelPath, attemptId })
        : undefined,
    );
  });
}
