import { concludeAblation, type HunkEffect } from '../../loop/ablation/hunkEffects.ts';
import type { Attempt } from '../../record/attempt.ts';
import {
  diffOf,
  evidenceOf,
  isContender,
  proposalIn,
  reasoningOf,
  repairsOf,
  tagOf,
  titleOf,
} from '../../record/kinds.ts';
import { furtherEvidence } from '../../record/furtherEvidence.ts';
import type { SeedTable } from '../../loop/seedTable.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { CurvesDocument } from './curvesDocument.ts';
import { hunkPlace } from '../../review/hunks.ts';
import { diffHunks, type DiffHunk } from './diffHunks.ts';
import { comparisonRows, seedRows, triedRows, trialRows, type Rows } from './attemptRows.ts';
import { environmentFacts, type Fact } from './environmentFacts.ts';
import { measured, meter, sourceText, repairText, reviewLines } from './attemptTexts.ts';

/** What an attempt's page needs beside its record. */
export interface AttemptSurroundings {
  readonly history: readonly AttemptSummary[];
  readonly hunks: readonly HunkEffect[];
  /** Its seeds beside those of what it was judged against. */
  readonly seeds: SeedTable;
  /** Records of the times its test part was opened. */
  readonly openings: readonly Attempt[];
  readonly curves: CurvesDocument;
}

/**
 * All that an Attempt page shows, in words: the page only lays it out. Every text may come from
 * outside.
 */
export interface AttemptView {
  readonly id: string;
  readonly title: string;
  /** `tag`: what people read for its kind (see `tagOf`). */
  readonly verdict: { readonly kind: string; readonly tag: string; readonly text: string };
  /** The metric, its spread and the study's noise; luck in a best; what the sealed part said. */
  readonly notes: readonly string[];
  readonly reasoning: string;
  readonly warnings: readonly string[];
  /**
   * The log its lines are of, from the model file's folder, where the study named or the user chose
   * one; `null`: the one that is found.
   */
  readonly log: string | null;
  readonly evidence: readonly { readonly text: string; readonly lines: readonly number[] }[];
  readonly source: string;
  readonly repairs: readonly string[];
  readonly comparisons: Rows;
  /** The numbers that the comparisons rest on. */
  readonly seeds: Rows;
  readonly trials: Rows;
  /** Whether it is of a kind that trains, and did not. */
  readonly isUntrained: boolean;
  /** What the check of a baseline trained. */
  readonly tried: Rows;
  /** What failed trials said last. */
  readonly lastWords: readonly { readonly title: string; readonly text: string }[];
  /** What the check of a baseline found, as far as the verdict does not say it. */
  readonly findings: readonly string[];
  readonly diff: readonly DiffHunk[];
  readonly hunks: readonly {
    /** `lines 2–4` of the text it was made to. */
    readonly place: string;
    readonly text: string;
    readonly id: string;
    readonly number: number;
  }[];
  readonly hunkConclusion: readonly string[];
  readonly review: readonly string[];
  readonly environment: readonly Fact[];
  readonly exchanges: readonly {
    readonly title: string;
    readonly prompt: string;
    readonly answer: string;
  }[];
  readonly curves: CurvesDocument;
}

/** The page of an attempt: why, what came of it, on what. */
export function attemptView(
  attempt: Attempt,
  { history, hunks, seeds, openings, curves }: AttemptSurroundings,
): AttemptView {
  const { verdict } = attempt;
  const check = attempt.kind === 'check' ? attempt.checked : null;
  return {
    id: attempt.id,
    title: `#${attempt.number} ${titleOf(attempt)}`,
    verdict: { kind: verdict.kind, tag: tagIn(attempt), text: verdict.text },
    notes: [
      ...measured(attempt, history),
      ...meter(attempt, history),
      ...openings.map(({ verdict: { text } }) => text),
    ],
    reasoning: reasoningOf(attempt),
    warnings: proposalIn(attempt)?.warnings ?? [],
    log: attempt.config.log ?? null,
    evidence: furtherEvidence({
      reasoning: reasoningOf(attempt),
      evidence: evidenceOf(attempt),
    }).map(({ text, lines }) => ({ text, lines })),
    source: sourceText(attempt),
    repairs: repairsOf(attempt).map(repairText),
    comparisons: comparisonRows(attempt, history),
    seeds: seedRows(seeds),
    trials: trialRows(attempt),
    isUntrained: attempt.trials.length === 0 && isContender(attempt),
    tried: check ? triedRows(check, attempt.config) : [],
    lastWords: lastWordsOf(attempt),
    findings: check?.findings.filter((text) => !verdict.text.includes(text)) ?? [],
    diff: diffHunks(diffOf(attempt)),
    hunks: hunks.map(({ header, text, attemptId, number }) => ({
      place: hunkPlace(header),
      text,
      id: attemptId,
      number,
    })),
    hunkConclusion: hunks.length === 0 ? [] : concludeAblation(hunks),
    review: reviewLines(attempt),
    environment: environmentFacts(attempt),
    exchanges: exchangesOf(attempt),
    curves,
  };
}

const exchangesOf = (attempt: Attempt): AttemptView['exchanges'] =>
  ('exchanges' in attempt ? (attempt.exchanges ?? []) : []).map(
    ({ model, prompt, answer }, index) => ({
      title: `Question ${index + 1} to ${model}`,
      prompt,
      answer,
    }),
  );

const lastWordsOf = ({ trials }: Attempt): AttemptView['lastWords'] =>
  trials.flatMap((trial) =>
    trial.outcome === 'failed' && trial.failure.stderr.length > 0
      ? [{ title: `Last words of seed ${trial.seed}`, text: trial.failure.stderr.join('\n') }]
      : [],
  );

const tagIn = ({ kind, verdict }: Attempt): string => tagOf({ kind, verdict: verdict.kind });
