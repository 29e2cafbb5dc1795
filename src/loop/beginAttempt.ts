import { fileName } from '../util/fileName.ts';
import type { Ports } from './ports.ts';
import type { StudySession } from './studySession.ts';
import { fingerprintOf } from '../propose/readArchitecture.ts';
import {
  ATTEMPT_VERSION,
  type Attempt,
  type AttemptKind,
  type AttemptOf,
} from '../record/attempt.ts';
import { titleOf } from '../record/kinds.ts';

/** An attempt under way: its record as it would stand if nothing more came. */
export interface AttemptDraft<A extends Attempt = Attempt> {
  readonly session: StudySession;
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
  session: StudySession,
  origin: AttemptOrigin<AttemptOf<Kind>>,
  ports: Ports,
): Promise<AttemptDraft<AttemptOf<Kind>>> {
  const { study, history } = session;
  const number = history.reduce((last, attempt) => Math.max(last, attempt.number), -1) + 1;
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
    fingerprint: await fingerprintOf(
      { path: study.modelPath, text: origin.text },
      ports.syntax,
      study.config,
    ),
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
  await session.keep(attempt, origin.text);
  ports.onEvent({
    kind: 'training',
    title: titleOf(attempt),
    attemptId: attempt.id,
    number,
    parents: attempt.parents,
  });
  return { session, attempt, text: origin.text };
}
