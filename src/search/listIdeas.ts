import { worksBehind } from '../propose/catalogue/works.ts';
import type { Work } from '../propose/catalogue/work.ts';
import type { Operator } from '../propose/operators/operator.ts';
import type { OperatorContext } from '../propose/operators/operatorContext.ts';
import { OPERATORS } from '../propose/operators/operators.ts';
import { operatorsFor } from '../propose/operators/ownOperator.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { attemptsOf, trackRecord, type TrackEntry } from '../study/trackRecord.ts';
import { OFFLINE } from './askOperators.ts';

/** What Cortex can propose, where it comes from, and how it has done. */
export interface ListedIdea {
  readonly name: string;
  readonly family: string;
  readonly source: string;
  readonly works: readonly Work[];
  /** Findings it is a remedy for, the strongest first. */
  readonly helps: readonly string[];
  /** Findings it makes worse. */
  readonly harms: readonly string[];
  /** What it would do to a model now; empty without one, or where it does not fit. */
  readonly here: readonly HereIdea[];
  /** How it did in the study; `null` where it was never tried. */
  readonly record: TrackEntry | null;
}

/** One use of an idea on a model. */
export interface HereIdea {
  readonly title: string;
  readonly reason: string;
  /** How much the diagnosis calls for it, times how well it fits, 0–1. */
  readonly need: number;
}

/**
 * All ideas of the catalogue; with a model those that its diagnosis calls for first. `context` and
 * `history` are of that model's study.
 */
export function listIdeas(
  context: OperatorContext | null,
  history: readonly AttemptSummary[],
): readonly ListedIdea[] {
  const record = trackRecord(attemptsOf(history, OFFLINE));
  const operators = context ? operatorsFor(context) : OPERATORS;
  const listed = operators.map((operator) => ({
    ...described(operator),
    here: context ? hereOf(operator, context) : [],
    record: record.get(operator.name) ?? null,
  }));
  return listed.toSorted((a, b) => (b.here[0]?.need ?? -1) - (a.here[0]?.need ?? -1));
}

const described = ({ name, family, source, answers }: Operator) => {
  const sorted = Object.entries(answers).toSorted(([, a], [, b]) => b - a);
  return {
    name,
    family,
    source,
    works: worksBehind(name),
    helps: sorted.filter(([, weight]) => weight > 0).map(([finding]) => finding),
    harms: sorted.filter(([, weight]) => weight < 0).map(([finding]) => finding),
  };
};

const hereOf = (operator: Operator, context: OperatorContext): readonly HereIdea[] =>
  operator
    .candidates(context)
    .map(({ title, reason, priority }) => ({ title, reason, need: priority.need * priority.fit }))
    .toSorted((a, b) => b.need - a.need);
