import { formatChange } from '../../../record/format.ts';
import type { LoopEvent } from '../../../loop/loopEvent.ts';
import { tagOf } from '../../../record/kinds.ts';
import type { Proposal } from '../../../study/proposal.ts';
import { thinkingPage } from './thinkingText.ts';

/** Older entries stand in the history; a page that grows without end would be slow to redraw. */
const MOST_ENTRIES = 60;

/**
 * A run as a page to read along: what it will take, each round's proposal with its reasons, what a
 * language model is writing, each verdict.
 */
export class ReasoningPage {
  readonly #entries: string[] = [];
  #answer = '';

  get text(): string {
    const answer = this.#answer === '' ? [] : [`✎ ${thinkingPage(this.#answer)}\n`];
    return [...this.#entries.slice(-MOST_ENTRIES), ...answer].join('\n');
  }

  /** Begins anew, under a heading. */
  begin(heading: string): void {
    this.#entries.splice(0, Infinity, `${heading}\n`);
    this.#answer = '';
  }

  /** `false` where the event changes nothing here. */
  follow(event: LoopEvent): boolean {
    if (event.kind === 'thinking') this.#answer = event.text;
    else {
      const entry = entryOf(event);
      if (entry === null) return false;
      // A proposal says all that its answer said; an answer that never became one stays.
      if (event.kind !== 'proposed' && this.#answer !== '')
        this.#entries.push(`✎ ${thinkingPage(this.#answer)}\n`);
      this.#entries.push(`${entry}\n`);
      this.#answer = '';
    }
    return true;
  }
}

function entryOf(event: LoopEvent): string | null {
  switch (event.kind) {
    case 'forecast':
      return event.forecast.text;
    case 'notice':
    case 'dropped':
    case 'checked':
    case 'resuming':
      return `! ${event.text}`;
    case 'proposed':
      return [
        `── Round ${event.round}: ${event.proposal.title} ──`,
        `by ${event.proposal.proposer}`,
        '',
        ...proposalLines(event.proposal),
      ].join('\n');
    case 'repairing':
      return `↻ Step ${event.step} of mending: ${event.failure.message}`;
    case 'recorded':
      return `→ #${event.attempt.number} ${tagOf(event.attempt)}: ${event.text}`;
    case 'trying':
    case 'diagnosed':
    case 'thinking':
    case 'training':
    case 'progress':
    case 'sweeping':
      return null;
  }
}

function proposalLines({
  reasoning,
  evidence,
  expectedEffect,
  confidence,
  warnings = [],
}: Proposal): readonly string[] {
  const sure = confidence === null ? '' : `, confidence ${Math.round(confidence * 100)} %`;
  return [
    reasoning,
    ...evidence.map(
      ({ text, lines }) =>
        `  · ${text}${lines.length === 0 ? '' : ` (log line ${lines.join(', ')})`}`,
    ),
    ...(expectedEffect
      ? [`Expected: ${expectedEffect.metric} ${formatChange(expectedEffect.delta)}${sure}`]
      : []),
    ...warnings.map((warning) => `⚠ ${warning}`),
  ];
}
