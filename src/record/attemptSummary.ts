import type { AttemptKind } from './attempt.ts';
import type { VerdictKind } from './verdict.ts';
import type { Failure, Measures } from './trial.ts';
import type { MetricSummary } from './measures.ts';

/** What the list of attempts needs; read from commit trailers without opening a record. */
export interface AttemptSummary {
  readonly id: string;
  readonly number: number;
  readonly study: string;
  readonly kind: AttemptKind;
  readonly verdict: VerdictKind;
  /**
   * What kept an attempt from its end, e.g. `interrupted`, `memory`, `stopped` (worse while it
   * trained); `null` for all others.
   */
  readonly failure: Failure['kind'] | null;
  readonly title: string;
  /** Of what was proposed; `null` for every other kind. */
  readonly operator: string | null;
  readonly family: string | null;
  readonly proposer: string | null;
  /** The first objective over its completed trials. */
  readonly metric: MetricSummary | null;
  /** Means of everything else that was measured, by name. */
  readonly measures?: Measures | undefined;
  /** Observed mean paired difference against the parent, and what was predicted. */
  readonly effect: { readonly observed: number | null; readonly predicted: number | null };
  /**
   * What the proposer gave it to be better, 0–1; `null` where none was given, and absent or `null`
   * in older commits.
   */
  readonly confidence?: number | null;
  /** Where the proposal's words and its change disagreed: how often. */
  readonly mismatches: number;
  readonly parameters: number | null;
  readonly fingerprint: string | null;
  readonly parents: readonly string[];
  /**
   * SHA-256 of the variant's text and of the data: two trials are comparable when config and data
   * agree.
   */
  readonly sourceHash: string;
  readonly dataHash: string | null;
  readonly configHash: string;
  readonly commit: string;
  /** Milliseconds since the epoch. */
  readonly finishedAt: number;
  /**
   * What of the log it answered, by the findings' names; `undefined` in commits from before it was
   * kept.
   */
  readonly findings?: readonly string[] | undefined;
  /**
   * What a check or a sweep compared on the validation part within itself; absent elsewhere.
   */
  readonly looks?: number | undefined;
  /**
   * What it took: seconds of training (of what it was compared with, too), and the language model;
   * `undefined` in older commits.
   */
  readonly spent?: AttemptCost | undefined;
}

/** What an attempt took. */
export interface AttemptCost {
  readonly seconds: number;
  readonly tokens: number;
  /** US dollars; `null` where the price is unknown. */
  readonly usd: number | null;
}
