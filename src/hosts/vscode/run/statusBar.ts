import { StatusBarAlignment, window, type Disposable } from 'vscode';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { plainLabel } from '../labels.ts';
import type { LiveProgress } from './liveProgress.ts';
import { progressText } from './progressText.ts';
import type { Run } from './runs.ts';

/** The live line at the bottom; a click shows what waits for review, else stops the run. */
export function createStatusBar({ runs, live, reviews }: Host): Disposable {
  const disposables = new Disposables();
  const item = disposables.add(
    window.createStatusBarItem('cortex.status', StatusBarAlignment.Left, 50),
  );
  item.name = 'Cortex';
  const show = (): void => {
    if (!runs.current) return item.hide();
    const text = statusText(live);
    const click = reviews.find() ? SHOW : CANCEL;
    item.command = click.command;
    item.text = `$(${live.isWaiting ? 'eye' : 'sync~spin'}) Cortex ${text}`;
    item.accessibilityInformation = {
      label: `Cortex, ${runs.current.study.name}, ${text}. ${click.hint}.`,
      role: 'button',
    };
    item.tooltip = `${tooltip(runs.current, live)}\n${click.hint}`;
    item.show();
  };
  disposables.add(runs.onDidChange(show), live.onDidChange(show), reviews.onDidChange(show));
  return disposables;
}

const CANCEL = { command: 'cortex.cancel', hint: 'Click to cancel' };
const SHOW = { command: 'cortex.review.show', hint: 'Click to show the proposal' };

function statusText({ training, step }: LiveProgress): string {
  return training ? `#${training.number} ${progressText(training.progress)}` : plainLabel(step, 60);
}

const tooltip = (run: Run, { training }: LiveProgress): string =>
  `${run.name}: ` + `${run.study.name}${training ? `\n#${training.number} ${training.title}` : ''}`;
