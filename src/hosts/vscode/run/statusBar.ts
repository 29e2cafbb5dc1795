import { StatusBarAlignment, window, type Disposable, type StatusBarItem } from 'vscode';
import { fileName } from '../../../util/fileName.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { plainLabel } from '../labels.ts';
import type { ReviewDraft } from '../review/reviewDrafts.ts';
import type { LiveProgress } from './liveProgress.ts';
import { progressText } from './progressText.ts';
import type { Run } from './runs.ts';

/**
 * The live line at the bottom; a click shows what waits for the user, a review of an earlier
 * session too, else stops the run.
 */
export function createStatusBar(host: Host): Disposable {
  const { runs, live, reviews, drafts, consent } = host;
  const disposables = new Disposables();
  const item = disposables.add(
    window.createStatusBarItem('cortex.status', StatusBarAlignment.Left, 50),
  );
  item.name = 'Cortex';
  const show = (): void => {
    if (!runs.current) return showDraft(item, drafts.all.at(-1));
    const text = statusText(live);
    const click = clickNow(host);
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
  disposables.add(drafts.onDidChange(show), consent.onDidChange(show));
  show();
  return disposables;
}

/** Nothing runs: what was proposed before the window was closed waits on. */
function showDraft(item: StatusBarItem, draft: ReviewDraft | undefined): void {
  if (!draft) return item.hide();
  const text = `Cortex ${fileName(draft.modelPath)}: a proposal is waiting for your review`;
  item.command = {
    command: 'cortex.improve',
    title: SHOW.hint,
    arguments: [{ modelPath: draft.modelPath }],
  };
  item.text = `$(eye) ${text}`;
  item.accessibilityInformation = { label: `${text}. ${SHOW.hint}.`, role: 'button' };
  item.tooltip = `${plainLabel(draft.proposal.title, 80)}\n${SHOW.hint}`;
  item.show();
}

/** What waits for the user comes to the front; only where nothing does is the run cancelled. */
function clickNow({ reviews, consent }: Host): typeof SHOW {
  if (reviews.find()) return SHOW;
  return consent.waiting ? SHOW_PROMPT : CANCEL;
}

const CANCEL = { command: 'cortex.cancel', hint: 'Click to cancel' };
const SHOW_PROMPT = { command: 'cortex.prompt.show', hint: 'Click to show what would be sent' };
const SHOW = { command: 'cortex.review.show', hint: 'Click to show the proposal' };

function statusText({ training, step }: LiveProgress): string {
  return training ? `#${training.number} ${progressText(training.progress)}` : plainLabel(step, 60);
}

const tooltip = (run: Run, { training }: LiveProgress): string =>
  `${run.name}: ` + `${run.study.name}${training ? `\n#${training.number} ${training.title}` : ''}`;
