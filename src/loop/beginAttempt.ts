import { createTwoFilesPatch } from 'diff';
import { fileName } from '../util/fileName.ts';
import type { Ports } from './ports.ts';
import type { Proposal } from '../study/proposal.ts';
import type { Study } from '../study/study.ts';
import { fingerprintOf } from '../propose/readArchitecture.ts';
import {
  ATTEMPT_VERSION,
  type Attempt,
  type AttemptKind,
  type AttemptOf,
  type ProposalRecord,
} from '../record/attempt.ts';
import { titleOf } from '../record/kinds.ts';

/** An attempt under way: its record as it would stand if nothing more came. */
export interface AttemptDraft<A extends Attempt = Attempt> {
  readonly study: Study;
  readonly attempt: A;
  /** The model file's text that is trained. */
  readonly text: string;
}

type CommonField = Exclude<keyof AttemptOf<'baseline'>, 'kind'>;

/** The tag of an attempt and the fields that only its kind has. */
export type OwnFields<A extends Attempt = Attempt> = A extends Attempt
  ? Omit<A, CommonField>
  : never;

/** What an attempt starts from. A baseline has no parents. */
export interface AttemptOrigin<A extends Attempt = Attempt> {
  readonly parents: readonly string[];
  readonly own: OwnFields<A>;
  readonly text: string;
}

/** Gives an attempt its number and id, and keeps it safe before anything can interrupt it. */
export async function beginAttempt<Kind extends AttemptKind>(
  study: Study,
  origin: AttemptOrigin<AttemptOf<Kind>>,
  ports: Ports,
): Promise<AttemptDraft<AttemptOf<Kind>>> {
  const history = await ports.store.list(study);
  const number = Math.max(-1, ...history.map((attempt) => attempt.number)) + 1;
  const now = new Date(ports.clock.now()).toISOString();
  const common: Pick<Attempt, CommonField> = {
    version: ATTEMPT_VERSION,
    id: `${study.name}-${number}-${ports.hash(`${now} ${number} ${origin.text}`).slice(0, 8)}`,
    number,
    study: study.name,
    model: fileName(study.modelPath),
    parents: [...origin.parents],
    createdAt: now,
    finishedAt: now,
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
  };
  // The two halves of a record of this kind: the compiler cannot join them for an open `Kind`.
  const attempt = { ...common, ...origin.own } as unknown as AttemptOf<Kind>;
  await ports.store.saveDraft(study, attempt, origin.text);
  ports.onEvent({
    kind: 'training',
    title: titleOf(attempt),
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
  return { ...recordedPart(proposal), diff };
}

/** Of a proposal, what is kept; the rest stands elsewhere in the record, or in its commit. */
function recordedPart({
  headline,
  base,
  text,
  fingerprint,
  cost,
  refusal,
  exchanges,
  ...kept
}: Proposal): Omit<ProposalRecord, 'diff'> {
  return kept;
}
