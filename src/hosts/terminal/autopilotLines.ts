import pc from 'picocolors';
import type { z } from 'zod';
import type { AutopilotEvent } from '../../loop/autopilot/work.ts';
import type { documents } from '../../show/documents/contract.ts';
import { formatChange, formatNumber, shortCommit } from '../../record/format.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { DeepReadonly } from '../../util/deepReadonly.ts';
import { bar, SIGNAL_BOUNDS } from '../../show/views/signalBars.ts';
import { aligned, styleTag } from './style.ts';

type Report = DeepReadonly<z.infer<typeof documents.autopilot>>['studies'][number];
type Status = DeepReadonly<z.infer<typeof documents.autopilotStatus>>['studies'][number];
/** The contract's words are those of the record. */
type Tagged = Pick<AttemptSummary, 'kind' | 'verdict'>;
type CycleLine = Report['cycles'][number];

const MARKS: Readonly<Record<AutopilotEvent['kind'], string>> = {
  begun: pc.cyan('▸'),
  ended: pc.dim('■'),
  promoted: pc.green('↑'),
  'not-promoted': pc.dim('='),
  waiting: pc.yellow('…'),
  'set-aside': pc.red('!'),
};

/** What happens, as a line. */
export const eventLine = ({ kind, study, text }: AutopilotEvent): string =>
  `${MARKS[kind]} ${pc.bold(study)} ${text}`;

/** A study's report: each line of an attempt ends with what git knows it by. */
export const reportLines = (report: Report): readonly string[] => [
  '',
  `${pc.bold(report.study)}  ${report.branch}, ${modeText(report)}` +
    (report.commit === '' ? '' : `  ${pc.dim(`state ${shortCommit(report.commit)}`)}`),
  ...(report.setAside ? [`${pc.red('Set aside:')} ${report.setAside.why}`] : []),
  ...(report.cycles.length === 0 ? ['Nothing was done yet.'] : report.cycles.flatMap(cycleLines)),
  ...report.promotions.map(
    ({ text, commit }) =>
      `${pc.green('Promoted')} ${text}` +
      (commit === null ? '' : `  ${pc.dim(shortCommit(commit))}`),
  ),
  ...promotedLine(report),
  costText(report.cost),
  healthText(report.health),
];

const cycleLines = ({ number, kind, end, seconds, why, text, attempts }: CycleLine): string[] => [
  `${pc.bold(`cycle ${number}`)}  ${kind}  ${end}  ${Math.round(seconds)} s  ${pc.dim(why)}`,
  ...attempts.map(
    (attempt) =>
      `  #${attempt.number}  ${styleTag(attempt as Tagged, 12)}  ` +
      `${effectText(attempt.effect)}${attempt.title}  ` +
      pc.dim(`${attempt.id} ${shortCommit(attempt.commit)}`),
  ),
  `  ${text === '' ? 'It goes on.' : text}`,
];

function effectText(effect: CycleLine['attempts'][number]['effect']): string {
  if (!effect) return '';
  const range = effect.interval
    ? ` [${effect.interval.map(formatChange).join(', ')}, ${effect.seeds} seeds]`
    : '';
  return `${formatChange(effect.mean)}${range}  `;
}

/** What stands: the latest promotion, or the file as it is, which needs no taking. */
function promotedLine({ promoted, promotions, metric }: Report): readonly string[] {
  if (promoted === null) return [];
  const value =
    `#${promoted.number} (${metric} ${formatNumber(promoted.value ?? NaN)}, ` +
    `${shortCommit(promoted.commit)})`;
  const word = promoted.changed === 'weights' ? 'export' : 'promote';
  return promotions.some(({ attempt }) => attempt === promoted.attempt)
    ? [`Stands promoted: ${value}. Take it: cortex ${word} ${promoted.attempt}`]
    : [`Nothing is promoted over ${value}.`];
}

const costText = ({ seconds, tokens, usd, wattHours }: Report['cost']): string =>
  `Cost: ${formatNumber(seconds)} s of training, ${tokens} tokens, ` +
  `${usd === null ? 'price unknown' : `$${formatNumber(usd)}`}, about ` +
  `${formatNumber(wattHours)} Wh.`;

function healthText({ overall, efficiency, stability, learningRate }: Report['health']): string {
  const percent = (share: number | null): string =>
    share === null ? '–' : `${Math.round(100 * share)} %`;
  return (
    `Health ${percent(overall)}: efficiency ${percent(efficiency)}, stability ` +
    `${percent(stability)}, learning rate ${percent(learningRate)}.`
  );
}

/** How a study stands, what would be done next, and the bars of its signals. */
export function statusLines(status: Status): readonly string[] {
  const head = ['task', 'turn', 'priority', ...SIGNAL_BOUNDS.map(([name]) => name)];
  const rows = status.tasks.map(({ key, turn, priority, signals }) => [
    key,
    turn,
    `${formatNumber(100 * priority)} %/min`,
    ...SIGNAL_BOUNDS.map(([name, most]) => bar(signals[name], most)),
  ]);
  return [
    '',
    `${pc.bold(status.study)}  ${modeText(status)}`,
    ...(status.waiting === null ? [] : [status.waiting]),
    ...(status.setAside ? [`${pc.red('Set aside:')} ${status.setAside.why}`] : []),
    ...(rows.length === 0 ? ['Nothing to do.'] : aligned([head, ...rows])),
    ...status.tasks.slice(0, 1).map(({ why }) => `Next: ${why}`),
  ];
}

const modeText = ({ mode, running }: Pick<Status, 'mode' | 'running'>): string => {
  const word = running ? 'an autopilot works on it' : 'no autopilot works on it';
  return mode === 'running' ? word : `${mode}, ${word}`;
};
