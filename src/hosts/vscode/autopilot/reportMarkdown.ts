import { formatChange, formatNumber, shortCommit } from '../../../record/format.ts';
import type { autopilotDocument } from '../../../show/documents/autopilotDocument.ts';
import { escapeMarkdown as plain } from '../labels.ts';

type Report = Awaited<ReturnType<typeof autopilotDocument>>;

/** What was tried, what is better, what it took: each line names the commit that proves it. */
export function reportMarkdown(report: Report): string {
  const { study, setAside, cycles, promotions } = report;
  return [
    `# Autopilot of ${plain(study)}`,
    ...(setAside ? [`**Set aside:** ${plain(setAside.why)}`] : []),
    promotedText(report),
    ...(cycles.length === 0 ? ['Nothing was done yet.'] : [cycleTable(report)]),
    ...(promotions.length === 0 ? [] : ['## Promoted', promotionList(report)]),
    '## Attempts',
    attemptTable(report),
    '## Cost and health',
    [costText(report.cost), healthText(report.health)].join('\n\n'),
    stateText(report),
  ].join('\n\n');
}

const stateText = ({ ref, commit }: Report): string =>
  commit === '' ? '' : `State: \`${ref}\` at \`${shortCommit(commit)}\`.`;

function promotedText({ promoted, promotions, metric }: Report): string {
  if (!promoted) return '';
  const value = `#${promoted.number} (${plain(metric)} ${formatNumber(promoted.value ?? NaN)})`;
  return promotions.some(({ attempt }) => attempt === promoted.attempt)
    ? `**Stands promoted:** ${value}, \`${shortCommit(promoted.commit)}\`.`
    : `Nothing is promoted over ${value}.`;
}

const cycleTable = ({ cycles }: Report): string =>
  table(
    ['cycle', 'task', 'why', 'end', 'seconds'],
    cycles.map(({ number, kind, why, end, text, seconds }) => [
      String(number),
      kind,
      why,
      text === '' ? end : `${end}: ${text}`,
      String(Math.round(seconds)),
    ]),
  );

const promotionList = ({ promotions }: Report): string =>
  promotions
    .map(
      ({ text, commit }) =>
        `- ${plain(text)}${commit === null ? '' : ` \`${shortCommit(commit)}\``}`,
    )
    .join('\n');

function attemptTable({ cycles }: Report): string {
  const rows = cycles.flatMap(({ number, attempts }) =>
    attempts.map(({ number: attempt, verdict, title, effect, commit }) => [
      `#${attempt}`,
      String(number),
      verdict,
      effect ? effectText(effect) : '',
      title,
      shortCommit(commit),
    ]),
  );
  return rows.length === 0
    ? 'None yet.'
    : table(['attempt', 'cycle', 'verdict', 'effect', 'title', 'commit'], rows);
}

type Effect = NonNullable<Report['cycles'][number]['attempts'][number]['effect']>;

const effectText = ({ mean, interval, seeds }: Effect): string =>
  interval
    ? `${formatChange(mean)} [${interval.map(formatChange).join(', ')}], ${seeds} seeds`
    : formatChange(mean);

const costText = ({ seconds, tokens, usd, wattHours }: Report['cost']): string =>
  `${formatNumber(seconds)} s of training, ${tokens} tokens, ` +
  `${usd === null ? 'price unknown' : `$${formatNumber(usd)}`}, about ` +
  `${formatNumber(wattHours)} Wh.`;

const healthText = ({ overall, efficiency, stability, learningRate }: Report['health']): string =>
  table(
    ['health', 'efficiency', 'stability', 'learning rate'],
    [[overall, efficiency, stability, learningRate].map(percent)],
  );

const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(100 * share)} %`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(plain))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
