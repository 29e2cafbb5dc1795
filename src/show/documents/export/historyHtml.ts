import { formatChange, metricText, shortCommit } from '../../../record/format.ts';
import type { Objective } from '../../../record/studyConfig.ts';
import type { HistoryDocument } from '../historyDocument.ts';
import { escapeHtml } from './escapeHtml.ts';
import { progressFigure, sizeFigure } from './figures.ts';
import { betterWord } from '../../../study/objective.ts';

type AttemptRow = HistoryDocument['attempts'][number];

/** The history as one HTML file: figures inline, every text escaped, no script, no request. */
export function historyHtml(
  document: HistoryDocument,
  objective: Pick<Objective, 'metric' | 'direction'>,
): string {
  const { study, branch, attempts } = document;
  const better = betterWord(objective);
  const metric = escapeHtml(objective.metric);
  const head = HEAD.map((name) => `<th scope="col">${escapeHtml(name(objective.metric))}</th>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(study)}: ${attempts.length} attempts</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(study)}</h1>
<p>${attempts.length} attempts on branch <code>${escapeHtml(branch)}</code>, \
${better} <code>${metric}</code> is better.${usage(document)}</p>
<h2>Best so far</h2>
${progressFigure(attempts, objective)}
<h2>Size and ${metric}</h2>
${sizeFigure(attempts, objective)}
<h2>Attempts</h2>
<table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${attempts.map(tableRow).join('\n')}
</tbody>
</table>
<h2>Reasons and verdicts</h2>
${attempts.map(section).join('\n')}
</body>
</html>
`;
}

/** The heads of the table, of which one is the metric's name. */
const HEAD: readonly ((metric: string) => string)[] = [
  () => '#',
  () => 'attempt',
  () => 'verdict',
  (metric) => metric,
  () => 'change',
  () => 'parameters',
  () => 'proposed by',
  () => 'commit',
];

const usage = ({ validationUse }: HistoryDocument): string =>
  validationUse ? ` ${escapeHtml(sentence(validationUse.text))}` : '';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function tableRow(attempt: AttemptRow): string {
  const { number, title, verdict, metric, effect, parameters, proposer, commit } = attempt;
  const cells = [
    String(number),
    title,
    verdict,
    metric ? metricText(metric) : '–',
    effect ? `${formatChange(effect.mean)}${intervalText(effect.interval)}` : '–',
    parameters?.toLocaleString('en') ?? '–',
    proposer ?? '–',
    shortCommit(commit),
  ];
  const written = cells.map(
    (cell, index) => `<td${index === 1 ? '' : ' class="plain"'}>${escapeHtml(cell)}</td>`,
  );
  return `<tr class="${verdict}">${written.join('')}</tr>`;
}

const intervalText = (interval: readonly [number, number] | null): string =>
  interval ? ` [${interval.map(formatChange).join(', ')}]` : '';

const section = ({
  number,
  title,
  verdictText,
  reasoning,
  warnings,
}: AttemptRow): string => `<details>
<summary>#${number} ${escapeHtml(title)}</summary>
<p>${escapeHtml(verdictText)}</p>
${reasoning === '' ? '' : `<p class="reasoning">${escapeHtml(reasoning)}</p>`}
${warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join('\n')}
</details>`;

const STYLE = `
:root { color-scheme: light dark; --line: #0b62a3; --soft: #8884; --good: #1a7f37; --bad: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --line: #6cb6ff; --good: #57d364; --bad: #ff7b72; }
}
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.2rem; font-size: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .3rem .6rem; vertical-align: top; }
th, td { border-bottom: 1px solid var(--soft); }
td.plain { white-space: nowrap; } tr.better td { color: var(--good); }
tr.crashed td, tr.invalid td { color: var(--bad); }
svg { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: currentColor; }
.axis { stroke: currentColor; stroke-width: 1; } .grid { stroke: var(--soft); }
.line { stroke: var(--line); stroke-width: 2; fill: none; }
.dot { fill: var(--soft); stroke: currentColor; }
.dot.better, .dot.baseline { fill: var(--line); } .bar { stroke: currentColor; opacity: .5; }
.reasoning { white-space: pre-wrap; } .warning { color: var(--bad); }
summary { cursor: pointer; margin: .4rem 0; }
@media print { details { display: block; } }
`;
