import type { Repair } from '../../record/attempt.ts';
import type { Failure } from '../../record/trial.ts';
import { oneLine, quoteData } from './quote.ts';

/** What failed, as it goes back to the model. */
interface FailedAnswer {
  /** The model's own answer that failed. */
  readonly answer: string;
  /** The text that was tried; `null` where the answer never became one. */
  readonly text: string | null;
  readonly failure: Failure;
  readonly earlier: readonly Repair[];
}

const LONGEST_ANSWER = 3_000;

/**
 * The failing line, the error, and the three ways to answer; follows the original question, whose
 * source is still the base of all edits.
 */
export function repairQuestion(
  question: string,
  { answer, text, failure, earlier }: FailedAnswer,
): string {
  const asked = question.slice(0, question.lastIndexOf('\n\n'));
  return [
    asked,
    'Your proposal for this failed. Your answer ' +
      `was:\n${quoteData('answer', answer.slice(0, LONGEST_ANSWER))}`,
    `It failed (${failure.kind}):\n${quoteData('failure', failureLines(failure, text).join('\n'))}`,
    ...(earlier.length === 0
      ? []
      : [`Before that:\n${quoteData('earlier', earlier.map(earlierLine).join('\n'))}`]),
    'Answer with one JSON object: either the whole corrected proposal in the same form ' +
      '(other edits, or other numbers; edits apply to the builder as given above, not to your ' +
      'earlier answer), or {"cannotMend": "why"} when no edit of the builder can help (a ' +
      'missing package, the memory of this machine).',
  ].join('\n\n');
}

const earlierLine = ({ failure, answer }: Repair): string =>
  `- ${failure.kind}: ${oneLine(failure.message, 160)} → ${oneLine(answer, 120)}`;

function failureLines({ message, line, stderr }: Failure, text: string | null): readonly string[] {
  const source = line === null || text === null ? undefined : text.split(/\r?\n/)[line - 1];
  return [
    oneLine(message, 500),
    ...(source === undefined ? [] : [`L${line ?? ''}| ${oneLine(source, 200)}`]),
    ...stderr.slice(-5).map((last) => oneLine(last, 200)),
  ];
}
