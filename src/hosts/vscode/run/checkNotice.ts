import { type Disposable } from 'vscode';
import type { LoopEvent } from '../../../loop/loopEvent.ts';
import { plural } from '../../../util/plural.ts';
import { runCommand } from '../runCommand.ts';
import type { Host } from '../host.ts';
import { firstSentence, withoutStatistics } from '../labels.ts';
import { inform, warn } from '../messages.ts';

/**
 * Says what the check of a baseline found, before the first proposal: the first finding, and that
 * its page has more, once in a window; and what else of the study its user has to know.
 */
export function createCheckNotice({ engine, runs }: Host): Disposable {
  const told = new Set<string>();
  let found: Extract<LoopEvent, { kind: 'checked' }>[] = [];
  return engine.onEvent((event) => {
    if (event.kind === 'checked') return void found.push(event);
    if (event.kind === 'notice') return inform(event.text);
    const text = noticeOf(found.map((finding) => finding.text));
    const attemptId = found[0]?.check ?? null;
    found = [];
    const modelPath = runs.current?.study.modelPath;
    if (text === '' || modelPath === undefined || told.has(`${modelPath} ${text}`)) return;
    told.add(`${modelPath} ${text}`);
    if (attemptId === null) return warn(text);
    const show = () => runCommand('cortex.showAttempt', { modelPath, attemptId });
    warn(text, { label: 'Show the Check', take: show });
  });
}

/** `The baseline is under-trained: … (1 more finding)`; its statistics stand on the page. */
function noticeOf([first, ...others]: readonly string[]): string {
  if (first === undefined) return '';
  const text = withoutStatistics(firstSentence(first));
  return others.length === 0 ? text : `${text} (${plural(others.length, 'more finding')})`;
}
