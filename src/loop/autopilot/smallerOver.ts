import type { AttemptOf } from '../../record/attempt.ts';
import type { Promotion } from '../../record/autopilotState.ts';
import { percent, SMALLER, type Known } from './promoteOver.ts';

interface Compression extends Known {
  readonly record: AttemptOf<'compression'>;
}

/**
 * The smallest model that was made of what stands promoted (or of what that was made from), was
 * judged not worse, and needs a fifth fewer bytes; `null`: there is none.
 */
export function smallerOver(
  standing: Known,
  attempts: readonly Known[],
): Omit<Promotion, 'cycle'> | null {
  const origin = originOf(standing);
  const [smallest] = attempts
    .filter(isCompression)
    .filter(({ summary }) => summary.verdict === 'better' && summary.parents[0] === origin)
    .toSorted((a, b) => bytesOf(a.record) - bytesOf(b.record));
  if (!smallest) return null;
  const { summary, record } = smallest;
  const share = 1 - bytesOf(record) / bytesNow(standing, record);
  const [compared] = record.verdict.comparisons;
  if (share < SMALLER || !compared?.interval) return null;
  return {
    attempt: summary.id,
    over: standing.summary.id,
    why: 'smaller',
    difference: compared.meanDifference,
    interval: [...compared.interval],
    seeds: compared.seeds.length,
    share,
    text:
      `#${summary.number} over #${standing.summary.number}: ${record.method}, ` +
      `${percent(share)} fewer bytes. ${record.verdict.text}`,
  };
}

const isCompression = (known: Known): known is Compression => known.record.kind === 'compression';

/** What the promoted one was made from, where it is itself a model made smaller. */
const originOf = ({ summary, record }: Known): string =>
  record.kind === 'compression' ? (summary.parents[0] ?? summary.id) : summary.id;

const bytesOf = ({ sizes }: AttemptOf<'compression'>): number => sizes.after.bytes;

const bytesNow = ({ record }: Known, made: AttemptOf<'compression'>): number =>
  record.kind === 'compression' ? bytesOf(record) : made.sizes.before.bytes;
