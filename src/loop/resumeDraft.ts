import type { Attempt } from '../record/attempt.ts';
import type { AttemptDraft } from './beginAttempt.ts';
import { earlierTrials } from './earlierTrials.ts';
import type { Ports } from './ports.ts';
import { recordIfRefused } from './trainDraft.ts';
import { plural } from '../util/plural.ts';

/** Which earlier trials count again, and what stops the look for them. */
export interface Resuming {
  readonly from: 'interrupted' | 'all';
  readonly signal: AbortSignal;
}

/**
 * A draft about to be trained, with the hash of its data and the trials that were run for it
 * before: their seeds need not be trained again.
 */
export function resumeDraft<A extends Attempt>(
  draft: AttemptDraft<A>,
  { from, signal }: Resuming,
  ports: Ports,
): Promise<AttemptDraft<A>> {
  return recordIfRefused(
    () => draft,
    async () => {
      const dataHash = (await draft.session.profile(signal))?.hash ?? null;
      const known = { ...draft, attempt: { ...draft.attempt, dataHash } };
      const { trials, ...facts } = await earlierTrials(
        known,
        { from, runtime: () => runtimeOf(draft, signal, ports) },
        ports,
      );
      if (trials.length === 0) return known;
      ports.onEvent({
        kind: 'resuming',
        text:
          `${plural(trials.length, 'seed')} trained before ` +
          `${trials.length === 1 ? 'counts' : 'count'} again: ` +
          `${trials.map(({ seed }) => seed).join(', ')}.`,
      });
      return { ...known, attempt: { ...known.attempt, ...facts, trials: [...trials] } };
    },
    ports,
  );
}

/** What a draft, or another text of a study, is trained on in this session. */
export const runtimeOf = (
  { session: { study }, text }: Pick<AttemptDraft, 'session' | 'text'>,
  signal: AbortSignal,
  { trainer }: Pick<Ports, 'trainer'>,
): Promise<string> => trainer.runtime(study, { path: study.modelPath, text }, signal);
