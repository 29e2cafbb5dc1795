import { createTwoFilesPatch } from 'diff';
import { fileName } from '../util/fileName.ts';
import type { Ports } from './ports.ts';
import type { Proposal } from '../study/proposal.ts';
import type { Study } from '../study/study.ts';
import { fingerprintOf } from '../propose/readArchitecture.ts';
import {
  ATTEMPT_VERSION,
  type Attempt,
  type Cost,
  type Exchange,
  type ProposalRecord,
  type Repair,
  type ReviewRecord,
} from '../record/attempt.ts';

/** An attempt under way: its record as it would stand if nothing more came. */
export interface AttemptDraft {
  readonly study: Study;
  readonly attempt: Attempt;
  /** The model file's text that is trained. */
  readonly text: string;
}

/** What an attempt starts from. A baseline has neither parents nor a proposal. */
export interface AttemptOrigin {
  readonly parents: readonly string[];
  readonly proposal: ProposalRecord | null;
  readonly review: ReviewRecord | null;
  readonly text: string;
  readonly repairs?: readonly Repair[];
  readonly cost?: Cost | null;
  readonly exchanges?: readonly Exchange[];
  readonly ablation?: Attempt['ablation'];
}

/** Gives an attempt its number and id, and keeps it safe before anything can interrupt it. */
export async function beginAttempt(
  study: Study,
  origin: AttemptOrigin,
  ports: Ports,
): Promise<AttemptDraft> {
  const history = await ports.store.list(study);
  const number = Math.max(-1, ...history.map((attempt) => attempt.number)) + 1;
  const now = new Date(ports.clock.now()).toISOString();
  const attempt: Attempt = {
    version: ATTEMPT_VERSION,
    id: `${study.name}-${number}-${ports.hash(`${now} ${number} ${origin.text}`).slice(0, 8)}`,
    number,
    study: study.name,
    model: fileName(study.modelPath),
    parents: [...origin.parents],
    createdAt: now,
    finishedAt: now,
    proposal: origin.proposal,
    review: origin.review,
    fingerprint: await fingerprintOf({ path: study.modelPath, text: origin.text }, ports.syntax),
    config: study.config,
    dataHash: null,
    environment: null,
    parameters: null,
    trials: [],
    verdict: {
      kind: 'cancelled',
      text: 'Interrupted before it was trained to its end.',
      comparisons: [],
    },
    repairs: [...(origin.repairs ?? [])],
    cost: origin.cost ?? null,
    ...(origin.ablation && { ablation: origin.ablation }),
    ...(origin.exchanges && { exchanges: [...origin.exchanges] }),
  };
  await ports.store.saveDraft(study, attempt, origin.text);
  ports.onEvent({
    kind: 'training',
    title: attempt.proposal?.title ?? 'Baseline',
    attemptId: attempt.id,
    number,
    parents: attempt.parents,
  });
  return { study, attempt, text: origin.text };
}

/**
 * A proposal as it is kept: its diff is that of the text that was trained, which a review may have
 * changed.
 */
export function proposalRecord(
  proposal: Proposal,
  text: string,
  modelPath: string,
): ProposalRecord {
  const {
    title,
    operator,
    family,
    reasoning,
    evidence,
    expectedEffect,
    confidence,
    proposer,
    warnings,
    mismatches,
    searchSpace,
  } = proposal;
  const file = fileName(modelPath);
  const diff = createTwoFilesPatch(
    `a/${file}`,
    `b/${file}`,
    proposal.base,
    text,
    undefined,
    undefined,
    { context: 3 },
  );
  return {
    title,
    operator,
    family,
    reasoning,
    evidence: [...evidence],
    expectedEffect,
    confidence,
    proposer,
    diff,
    ...(warnings && { warnings: [...warnings] }),
    ...(mismatches !== undefined && { mismatches }),
    ...(searchSpace && { searchSpace: [...searchSpace] }),
  };
}
