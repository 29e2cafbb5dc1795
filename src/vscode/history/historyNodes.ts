import { concludeAblation, type HunkEffect } from '../../core/ablation/hunkEffects.ts';
import type { Attempt, Trial } from '../../core/attempts/attempt.ts';
import { formatNumber } from '../../core/attempts/format.ts';
import { currentBest } from '../../core/attempts/lineage.ts';
import { noiseAround } from '../../core/judge/noiseFloor.ts';
import type { AttemptSummary } from '../../core/ports.ts';
import type { Study } from '../../core/study/study.ts';
import { costText } from '../attempt/languageMarkdown.ts';
import type { StudyEntry } from '../study/studies.ts';

/** Where an attempt stands in its study. */
export type Role = 'best' | 'baseline' | 'attempt';

/** One row of the history. Nodes of attempts carry what commands need as their argument. */
export type HistoryNode =
  | { readonly kind: 'study'; readonly modelPath: string; readonly entry: StudyEntry }
  /** What trains right now; its numbers come from the live progress. */
  | { readonly kind: 'running'; readonly modelPath: string }
  | { readonly kind: 'attempt'; readonly modelPath: string; readonly attemptId: string; readonly study: Study; readonly attempt: AttemptSummary; readonly role: Role; readonly noise: number | null }
  | { readonly kind: 'detail'; readonly id: string; readonly label: string; readonly description: string; readonly icon: string; readonly details: readonly string[] };

/** A study's attempts in the order people look for them: best and baseline on top, then the newest first. */
export function attemptNodes(study: Study, attempts: readonly AttemptSummary[]): readonly HistoryNode[] {
  const newest = attempts.toReversed();
  const best = currentBest(attempts, study.config.objective);
  const baseline = newest.find((attempt) => attempt.verdict === 'baseline');
  const pinned = [...new Set([best, baseline])].flatMap((attempt) => attempt ?? []);
  const noise = noiseAround(attempts);
  const roleOf = (attempt: AttemptSummary): Role => (attempt === best && attempt !== baseline ? 'best' : attempt === baseline ? 'baseline' : 'attempt');
  return [...pinned, ...newest.filter((attempt) => !pinned.includes(attempt))].map((attempt) => ({
    kind: 'attempt', modelPath: study.modelPath, attemptId: attempt.id, study, attempt, role: roleOf(attempt), noise: noise(attempt),
  }));
}

/** What stands under an attempt: verdict, reasoning, what it answered, trials, commit. */
export function detailNodes({ id, commit }: AttemptSummary, attempt: Attempt, hunks: readonly HunkEffect[]): readonly HistoryNode[] {
  const detail = (key: string, label: string, icon: string, details: readonly string[] = []): HistoryNode =>
    ({ kind: 'detail', id: `${id}/${key}`, label, description: '', icon, details });
  const why = attempt.proposal ? [detail('why', attempt.proposal.reasoning, 'lightbulb')] : [];
  const warnings = (attempt.proposal?.warnings ?? []).map((text, index) => detail(`warning${index}`, text, 'warning'));
  const source = attempt.proposal ? [detail('source', [`by ${attempt.proposal.proposer}`, ...(attempt.cost ? [costText(attempt.cost)] : [])].join(', '), 'person')] : [];
  const evidence = attempt.proposal?.evidence ?? [];
  const findings = evidence.length > 0 ? [detail('findings', count(evidence.length, 'finding'), 'search', evidence.map((item) => item.text))] : [];
  const repairs = attempt.repairs.length > 0 ? [detail('repairs', count(attempt.repairs.length, 'repair'), 'tools', attempt.repairs.map(({ failure, answer }) => `${failure.message} → ${answer}`))] : [];
  const trials = attempt.trials.length > 0 ? [detail('trials', count(attempt.trials.length, 'trial'), 'beaker', attempt.trials.map(trialText))] : [];
  const paid = hunks.length > 0 ? [detail('hunks', count(hunks.length, 'hunk'), 'beaker-stop', [...hunks.map(({ text }) => text), ...concludeAblation(hunks)])] : [];
  return [detail('verdict', attempt.verdict.text, 'law'), ...paid, ...why, ...warnings, ...findings, ...source, ...repairs, ...trials, detail('commit', `commit ${commit.slice(0, 10)}`, 'git-commit')];
}

/** The lines under a group of details. */
export const lineNodes = (node: Extract<HistoryNode, { kind: 'detail' }>): readonly HistoryNode[] =>
  node.details.map((label, index) => ({ kind: 'detail', id: `${node.id}/${index}`, label, description: '', icon: 'circle-small', details: [] }));

function trialText(trial: Trial): string {
  const seconds = `${trial.seconds.total.toFixed(1)} s`;
  if (trial.outcome === 'failed') return `seed ${trial.seed}: ${trial.failure.kind}, ${trial.failure.message} (${seconds})`;
  return `seed ${trial.seed}: ${formatNumber(trial.metric)}, ${trial.epochs} epochs (${seconds})`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
