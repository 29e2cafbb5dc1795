import { concludeAblation, type HunkEffect } from '../../core/ablation/hunkEffects.ts';
import type { Attempt, Gate, Trial } from '../../core/attempts/attempt.ts';
import { comparisonText, formatChange, formatNumber, measuredText } from '../../core/attempts/format.ts';
import type { SeedTable } from '../../core/attempts/seedTable.ts';
import { isContender, openingsIn } from '../../core/attempts/contenders.ts';
import { currentBest, rivalName } from '../../core/attempts/lineage.ts';
import { noiseAround } from '../../core/judge/noiseFloor.ts';
import { validationUse } from '../../core/judge/validationUse.ts';
import type { AttemptSummary } from '../../core/ports.ts';
import { sparkline } from '../../util/sparkline.ts';
import { escapeMarkdown as plain } from '../labels.ts';
import { costText, repairList, warningList } from './languageMarkdown.ts';
import { evidenceList } from './evidenceMarkdown.ts';

/** What a page says beside the attempt's own record. */
export interface PageContext {
  readonly logPath: string | null;
  /** All attempts of the study, oldest first. */
  readonly history: readonly AttemptSummary[];
  /** What its hunks brought, as far as they were ablated. */
  readonly hunks: readonly HunkEffect[];
  /** Its seeds beside those of what it was judged against. */
  readonly seeds: SeedTable;
}

/** The page of an attempt: why, what came of it, on what. Everything from outside Cortex is escaped. */
export function attemptMarkdown(attempt: Attempt, page: PageContext): string {
  const { logPath, history, hunks } = page;
  return [heading(attempt), measured(attempt, history), meter(attempt, history), reasoning(attempt, logPath), repairList(attempt), comparisons(attempt, page), trials(attempt), hunkList(hunks), change(attempt), review(attempt), surroundings(attempt)]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** `val_loss 0.0412 ± 0.0009 over 4 seeds (spread 0.0011)`: the study's noise around it, and that of its own seeds. */
function measured({ id, config }: Attempt, history: readonly AttemptSummary[]): string {
  const own = history.find((attempt) => attempt.id === id);
  if (!own?.metric) return '';
  return plain(`${config.objective.metric} ${measuredText(own.metric, noiseAround(history)(own))}`);
}

/** On the page of the best: how much of it may be luck, and whether the sealed part is still untouched. */
function meter({ id, config }: Attempt, history: readonly AttemptSummary[]): string {
  const best = currentBest(history, config.objective);
  if (best?.id !== id) return '';
  const openings = openingsIn(history);
  const sealed = openings === 0 ? 'The test part is still sealed: *Open Sealed Test* gives a number that nothing was chosen by.' : `The test part was opened ${openings === 1 ? 'once' : `${openings} times`}.`;
  return `${plain(validationUse(history, best).text)}. ${sealed}`;
}

function heading({ number, proposal, verdict }: Attempt): string {
  return `# #${number} ${plain(proposal?.title ?? 'Baseline')}\n\n**${plain(verdict.text)}**`;
}

function reasoning({ proposal, cost }: Attempt, logPath: string | null): string {
  if (!proposal) return '';
  const { reasoning: text, evidence, warnings, expectedEffect, confidence, proposer, operator } = proposal;
  const effect = expectedEffect ? `expected ${plain(`${expectedEffect.metric} ${formatChange(expectedEffect.delta)}`)}` : 'no effect predicted';
  const sure = confidence === null ? 'no confidence given' : `confidence ${Math.round(confidence * 100)} %`;
  const source = `*${effect}, ${sure}, proposed by ${plain(proposer)} (${plain(operator)})${cost ? `, ${plain(costText(cost))}` : ''}*`;
  return ['## Why', plain(text), ...warningList(warnings), evidenceList(evidence, logPath), source].join('\n\n');
}

function comparisons({ verdict, parents: [parentId] }: Attempt, { history, seeds }: PageContext): string {
  if (verdict.comparisons.length === 0 && seeds.rows.length === 0) return '';
  const items = verdict.comparisons.map((item) => `- against ${plain(rivalName(item.against, { parentId, history }))}: ${plain(comparisonText(item))}`);
  return ['## Compared', ...(items.length > 0 ? [items.join('\n')] : []), ...seedTable(seeds)].join('\n\n');
}

/** The numbers that the comparisons rest on; alone they are said under Trials. */
function seedTable({ columns, rows }: SeedTable): readonly string[] {
  if (columns.length === 0) return [];
  const lines = rows.map(({ seed, values }) => [String(seed), ...values.map((value) => (value === null ? '–' : formatNumber(value)))]);
  const head = [['seed', ...columns.map(({ name }) => plain(name))], ['---', ...columns.map(() => '--:')]];
  return [[...head, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')];
}

function trials({ trials: all, config, gate, proposal }: Attempt): string {
  if (gate) return gateRuns(gate, config.epochs);
  if (all.length === 0 && isContender({ operator: proposal?.operator ?? null })) return '## Trials\n\nNothing was trained.';
  if (all.length === 0) return '';
  const rows = all.map((trial) => `| ${trial.seed} | ${outcome(trial)} | ${trial.epochs} | ${trial.seconds.total.toFixed(1)} s |`);
  const table = [`| seed | ${plain(config.objective.metric)} | epochs | time |`, '|---|---|---|---|', ...rows].join('\n');
  return `## Trials\n\n${table}\n\n${all.flatMap(stderr).join('\n\n')}\n\n## Curves\n\n${fenced(all.flatMap(curves), 'text')}`;
}

/** What the check of a baseline trained: a short run is marked as one. */
function gateRuns({ runs }: Gate, epochs: number): string {
  const rows = runs.map((run) => `| ${plain(run.change)} | ${run.epochs}${run.epochs < epochs ? ` of ${epochs}, a short run` : ''} | ${run.trials.map(outcome).join(', ')} |`);
  return ['## Tried', '', '| change | epochs | by seed |', '|---|---|---|', ...rows].join('\n');
}

const outcome = (trial: Trial): string =>
  trial.outcome === 'completed' ? formatNumber(trial.metric) : plain(`${trial.failure.kind}: ${trial.failure.message.replace(/\s+/g, ' ')}`);

const stderr = (trial: Trial): readonly string[] =>
  trial.outcome === 'failed' && trial.failure.stderr.length > 0 ? [`Last words of seed ${trial.seed}:\n\n${fenced(trial.failure.stderr, 'text')}`] : [];

const curves = ({ seed, curves: series }: Trial): readonly string[] =>
  Object.entries(series).map(([name, values]) => `seed ${seed}  ${name.padEnd(14)} ${sparkline(values)}  ${ends(values)}`);

function ends(values: readonly (number | null)[]): string {
  const [first, last] = [values[0], values.at(-1)].map((value) => (value === null || value === undefined ? '–' : formatNumber(value)));
  return `${first} → ${last} (${values.length} epochs)`;
}

/** What each hunk of the change below brought. */
function hunkList(hunks: readonly HunkEffect[]): string {
  if (hunks.length === 0) return '';
  const items = hunks.map(({ header, text, number }) => `- ${plain(header)} ${plain(text)} ${plain(`(#${number})`)}`);
  return ['## Which line paid?', '', ...items, '', ...concludeAblation(hunks).map(plain)].join('\n');
}

const change = ({ proposal }: Attempt): string => (proposal?.diff ? `## Change\n\n${fenced([proposal.diff], 'diff')}` : '');

function review({ review: record }: Attempt): string {
  if (!record) return '';
  const hunks = record.hunks.map(({ header, decision }) => `- ${plain(header)} ${decision}`);
  return `## Review\n\n${record.reviewer === 'person' ? 'Reviewed by a person.' : 'Accepted without a review.'}\n\n${hunks.join('\n')}`;
}

function surroundings({ environment, config, parameters, dataHash, createdAt, finishedAt, id, parents }: Attempt): string {
  const runtime = environment ? [`- runtime ${plain(environment.runtime)} on ${plain(environment.platform)}, Cortex ${plain(environment.cortex)}`, ...versions(environment.versions)] : [];
  return [
    '## Environment',
    '',
    ...runtime,
    `- parameters ${parameters ?? 'unknown'}, ${config.epochs} epochs, batch size ${config.batchSize}`,
    `- data ${dataHash ? dataHash.slice(0, 12) : 'not read'}`,
    `- id ${plain(id)}${parents.length > 0 ? `, from ${plain(parents.join(', '))}` : ''}`,
    `- ${plain(createdAt)} – ${plain(finishedAt)}`,
  ].join('\n');
}

const versions = (all: Readonly<Record<string, string>>): readonly string[] => {
  const entries = Object.entries(all).map(([name, version]) => `${plain(name)} ${plain(version)}`);
  return entries.length > 0 ? [`- ${entries.join(', ')}`] : [];
};

/** A code block whose fence is longer than any run of backticks inside. */
function fenced(lines: readonly string[], language: string): string {
  const text = lines.join('\n');
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
