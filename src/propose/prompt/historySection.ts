import { evidenceOf, isContender } from '../../record/kinds.ts';
import { bestOf } from '../../study/lineage.ts';
import type { Attempt } from '../../record/attempt.ts';
import { formatChange, formatNumber, metricText } from '../../record/format.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { trackRecord } from '../../study/trackRecord.ts';
import type { Objectives } from '../../record/objectives.ts';
import { fitLines, oneLine, quoteData } from './quote.ts';
import { plural } from '../../util/plural.ts';

const LONGEST = 3_000;
const LAST = 5;
const MOST_OPERATORS = 14;
const MOST_REJECTED = 4;

/**
 * What the whole history comes to, in a fixed space whatever its length: sufficient statistics, and
 * the last few attempts in full.
 */
export function historySection(
  history: readonly AttemptSummary[],
  recent: readonly Attempt[],
  objectives: Objectives,
): string {
  if (history.length === 0) return 'Nothing has been trained in this study yet.';
  const lines = [
    ...statistics(history, objectives),
    ...lastAttempts(history, recent),
    ...rejected(history),
    ...records(history),
    ...predictions(history),
  ];
  return (
    'What was tried in this ' +
    `study:\n${quoteData('history', fitLines(lines, LONGEST).join('\n'))}`
  );
}

function statistics(history: readonly AttemptSummary[], objectives: Objectives): readonly string[] {
  const best = bestOf(history, objectives);
  const tally = [...Map.groupBy(history, ({ verdict }) => verdict)].map(
    ([verdict, attempts]) => `${attempts.length} ${verdict}`,
  );
  const lines = [`${history.length} attempts: ${tally.join(', ')}`];
  const noise = best && (noiseFloor(history, best)?.sd ?? null);
  if (best?.metric)
    lines.push(
      `best: #${best.number} ${oneLine(best.title, 90)}, ${objectives[0].metric} ` +
        `${metricText(best.metric)} over ${plural(best.metric.values.length, 'seed')}${size(best)}`,
    );
  if (noise !== null)
    lines.push(
      `noise floor: a difference below about ${formatNumber(2 * noise)} cannot be told from ` +
        'chance with these seeds',
    );
  return lines;
}

const size = ({ parameters }: AttemptSummary): string =>
  parameters === null ? '' : `, ${parameters} parameters`;

/** Problem → change → result. */
function lastAttempts(
  history: readonly AttemptSummary[],
  recent: readonly Attempt[],
): readonly string[] {
  const records = new Map(recent.map((attempt) => [attempt.id, attempt]));
  const last = history
    .filter((attempt) => isContender(attempt) && attempt.verdict !== 'baseline')
    .slice(-LAST);
  return last.length === 0
    ? []
    : [
        'last attempts, oldest first:',
        ...last.map((attempt) => attemptLine(attempt, records.get(attempt.id))),
      ];
}

function attemptLine(attempt: AttemptSummary, record: Attempt | undefined): string {
  const finding = (record ? evidenceOf(record) : []).find((item) => item.finding !== null);
  const problem = finding ? `${oneLine(finding.text, 110)} → ` : '';
  const { observed, predicted } = attempt.effect;
  const promised = predicted === null ? '' : `, predicted ${formatChange(predicted)}`;
  const effect = observed === null ? '' : ` (${formatChange(observed)}${promised})`;
  const why =
    record && attempt.effect.observed === null ? `: ${oneLine(record.verdict.text, 130)}` : '';
  return (
    `- #${attempt.number} ${problem}${oneLine(attempt.title, 90)} → ` +
    `${attempt.verdict}${effect}${why}`
  );
}

function rejected(history: readonly AttemptSummary[]): readonly string[] {
  const turnedDown = history.filter(({ verdict }) => verdict === 'rejected').slice(-MOST_REJECTED);
  return turnedDown.length === 0
    ? []
    : [`rejected by the user: ${turnedDown.map(({ title }) => oneLine(title, 80)).join('; ')}`];
}

/** Per operator: how often it was tried, and how it went; the most used first. */
function records(history: readonly AttemptSummary[]): readonly string[] {
  const most = [...trackRecord(history)]
    .toSorted(([, a], [, b]) => b.tries - a.tries)
    .slice(0, MOST_OPERATORS);
  const lines = most.map(
    ([operator, { tries, better, worse, invalid, mismatched, meanObserved }]) =>
      `- ${oneLine(operator, 40)}: ${tries} tried, ${better} better, ${worse} worse, ` +
      `${invalid} failed` +
      (mismatched === 0 ? '' : `, ${mismatched} did not do what their text said`) +
      (meanObserved === null ? '' : `, mean effect ${formatChange(meanObserved)}`),
  );
  return lines.length === 0 ? [] : ['by operator:', ...lines];
}

/** Per proposer: how sure it was, and how often that came true. */
function predictions(history: readonly AttemptSummary[]): readonly string[] {
  const lines = [...trackRecord(history, 'proposer')].flatMap(([proposer, { calibration }]) =>
    calibration
      ? [
          `- ${oneLine(proposer, 60)}: said ${Math.round(calibration.meanConfidence * 100)} ` +
            `% sure on average, ${Math.round(calibration.cameTrue * 100)} % of ` +
            `${calibration.judged} came true`,
        ]
      : [],
  );
  return lines.length === 0 ? [] : ['confidence by proposer:', ...lines];
}
