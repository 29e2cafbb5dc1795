import {
  costOf,
  evidenceOf,
  proposalIn,
  reasoningOf,
  repairsOf,
  reviewOf,
} from '../../../record/kinds.ts';
import { concludeAblation, type HunkEffect } from '../../../loop/ablation/hunkEffects.ts';
import type { Attempt } from '../../../record/attempt.ts';
import type { Trial } from '../../../record/trial.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { costText, formatNumber, shortCommit } from '../../../record/format.ts';
import { plural } from '../../../util/plural.ts';
import type { HistoryNode } from './historyNode.ts';
import { hunkLines } from './hunkLines.ts';
import { objectiveOf } from '../../../record/objectives.ts';

/** What stands under an attempt: verdict, reasoning, what it answered, trials, commit. */
export function detailNodes(
  { id, commit }: AttemptSummary,
  attempt: Attempt,
  hunks: readonly HunkEffect[],
): readonly HistoryNode[] {
  const lines = hunkLines(reviewOf(attempt)?.hunks ?? [], hunks);
  const { why, warnings, findings, source } = proposalDetails(attempt);
  const details: readonly Detail[] = [
    { key: 'verdict', label: attempt.verdict.text, icon: 'law' },
    ...group('hunk', lines, { key: 'hunks', icon: 'diff', more: concludeAblation(hunks) }),
    ...why,
    ...warnings,
    ...findings,
    ...source,
    ...group(
      'repair',
      repairsOf(attempt).map(({ failure, answer }) => `${failure.message} → ${answer}`),
      { key: 'repairs', icon: 'tools' },
    ),
    ...group(
      'trial',
      attempt.trials.map((trial) => trialText(trial, objectiveOf(attempt.config).metric)),
      { key: 'trials', icon: 'beaker' },
    ),
    { key: 'commit', label: `commit ${shortCommit(commit)}`, icon: 'git-commit' },
  ];
  return details.map(({ key, label, icon, details: under = [] }) => ({
    kind: 'detail',
    id: `${id}/${key}`,
    label,
    description: '',
    icon,
    details: under,
  }));
}

interface Detail {
  readonly key: string;
  readonly label: string;
  readonly icon: string;
  readonly details?: readonly string[];
}

/** One row that counts what stands under it; none where that is nothing. */
const group = (
  noun: string,
  lines: readonly string[],
  { key, icon, more = [] }: { key: string; icon: string; more?: readonly string[] },
): readonly Detail[] =>
  lines.length > 0
    ? [{ key, label: plural(lines.length, noun), icon, details: [...lines, ...more] }]
    : [];

/** Why it was made, and of a proposal what it said of itself and who made it. */
function proposalDetails(
  attempt: Attempt,
): Readonly<Record<'why' | 'warnings' | 'findings' | 'source', readonly Detail[]>> {
  const proposal = proposalIn(attempt);
  const cost = costOf(attempt);
  const by = proposal && [`by ${proposal.proposer}`, ...(cost ? [costText(cost)] : [])].join(', ');
  const reasoning = reasoningOf(attempt);
  const evidence = evidenceOf(attempt).map((item) => item.text);
  return {
    why: reasoning === '' ? [] : [{ key: 'why', label: reasoning, icon: 'lightbulb' }],
    warnings: (proposal?.warnings ?? []).map((label, index) => ({
      key: `warning${index}`,
      label,
      icon: 'warning',
    })),
    findings: group('finding', evidence, { key: 'findings', icon: 'search' }),
    source: by === null ? [] : [{ key: 'source', label: by, icon: 'person' }],
  };
}

/** In place of what cannot be read: what is wrong with it. */
export const unreadableNode = ({ id }: AttemptSummary, words: string): HistoryNode => ({
  kind: 'detail',
  id: `${id}/unreadable`,
  label: words,
  description: '',
  icon: 'warning',
  details: [],
});

/** The user's own words. */
export const noteNode = ({ id }: AttemptSummary, note: string): HistoryNode => ({
  kind: 'detail',
  id: `${id}/note`,
  label: note,
  description: 'note',
  icon: 'note',
  details: [],
});

/** The lines under a group of details. */
export const lineNodes = (node: Extract<HistoryNode, { kind: 'detail' }>): readonly HistoryNode[] =>
  node.details.map((label, index) => ({
    kind: 'detail',
    id: `${node.id}/${index}`,
    label,
    description: '',
    icon: 'circle-small',
    details: [],
  }));

function trialText(trial: Trial, metric: string): string {
  const seconds = `${trial.seconds.total.toFixed(1)} s`;
  if (trial.outcome === 'failed')
    return `seed ${trial.seed}: ${trial.failure.kind}, ${trial.failure.message} (${seconds})`;
  const value = formatNumber(trial.measures[metric] ?? NaN);
  return `seed ${trial.seed}: ${value}, ${trial.epochs} epochs (${seconds})`;
}
