import pc from 'picocolors';
import { formatNumber } from '../../record/format.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { SWEPT } from '../../record/kinds.ts';
import type { LoopEvent } from '../../loop/loopEvent.ts';
import { sweepLine } from '../../loop/sweep/sweepLine.ts';
import type { TrainProgress } from '../../ports/trainer.ts';
import { visibleStyledText, visibleText } from '../../util/visibleText.ts';
import { styleTag } from './style.ts';

/** The part of a terminal stream that live progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows the loop's events on standard error: on a terminal one line that rewrites itself plus a
 * line per result, elsewhere the results only.
 */
export function createProgressLine(stream: ProgressStream): (event: LoopEvent) => void {
  let title = '';
  const rewrite = (line: string): void => {
    if (stream.isTTY)
      stream.write(`\r\x1b[2K${visibleText(line).slice(0, (stream.columns ?? 100) - 1)}`);
  };
  const keep = (line: string): void => {
    stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}${visibleStyledText(line)}\n`);
  };
  return (event) => {
    const kept = lineOf(event);
    if (kept !== null) keep(kept);
    if (event.kind === 'trying') rewrite(`Trying ${event.text} …`);
    if (event.kind === 'diagnosed') rewrite(`Read ${event.diagnosis.source} …`);
    if (event.kind === 'thinking')
      rewrite(`The language model writes … ${event.text.length} characters`);
    if (event.kind === 'training') {
      title = `#${event.number} ${event.title}`;
      rewrite(`${title} …`);
    }
    if (event.kind === 'sweeping') rewrite(sweepLine(event.standing));
    if (event.kind === 'progress') rewrite(progressText(title, event.progress));
  };
}

/** What stays on the screen; `null` for what only passes by. */
function lineOf(event: LoopEvent): string | null {
  switch (event.kind) {
    case 'forecast':
      return `${pc.dim('≈')} ${event.forecast.text}`;
    case 'notice':
    case 'checked':
      return `${pc.yellow('!')} ${event.text}`;
    case 'dropped':
      return pc.dim(`- ${event.text}`);
    case 'resuming':
      return `${pc.cyan('↺')} ${event.text}`;
    case 'proposed':
      return [
        `${pc.cyan('▸')} ${event.proposal.title}\n  ${pc.dim(event.proposal.reasoning)}`,
        ...(event.proposal.warnings ?? []).map((warning) => `  ${pc.yellow(`! ${warning}`)}`),
      ].join('\n');
    case 'repairing':
      return `${pc.yellow('↻')} repair ${event.step}: ${event.failure.message}`;
    case 'recorded':
      if (event.attempt.operator === SWEPT) return null;
      return event.attempt.kind === 'check'
        ? `${pc.bold('checked')}  ${event.attempt.title}`
        : `${styleTag(event.attempt)}  ${titleBefore(event.attempt)}${event.text}`;
    default:
      return null;
  }
}

function progressText(
  title: string,
  { seedIndex, seedCount, fold, epoch, epochs, logs, secondsLeft }: TrainProgress,
): string {
  const values = Object.entries(logs)
    .filter(([name]) => /^(val_)?loss$/.test(name))
    .map(([name, value]) => `${name} ${formatNumber(value)}`);
  const left = secondsLeft === null ? '' : ` · ${Math.ceil(secondsLeft)} s left`;
  return (
    `${title} · seed ` +
    `${seedIndex + 1}/${seedCount}${fold ? ` · fold ${fold.number}/${fold.count}` : ''} · ` +
    `epoch ${epoch}/${epochs} · ${values.join(' · ')}${left}`
  );
}

/** Many ways to one end come in a row: the words of a verdict alone do not tell them apart. */
const titleBefore = ({ kind, title }: AttemptSummary): string =>
  kind === 'compression' || kind === 'distillation' ? `${title}. ` : '';
