import type { Failure } from '../record/trial.ts';
import type { FindingKind } from '../log/diagnosis.ts';
import type { SearchState } from '../ports/searcher.ts';
import type { Answer } from './answer/answer.ts';
import type { applyAnswer } from './answer/applyAnswer.ts';
import { type AnswerBase } from './answer/applyAnswer.ts';
import { architectureChanges } from './architectureChange.ts';
import type { Proposal } from '../study/proposal.ts';

/** An answer whose edits apply. */
export type Applied = Extract<ReturnType<typeof applyAnswer>, { ok: true }>;

/** What a proposal says, without who said it. */
export type Content = Omit<Proposal, 'proposer' | 'base' | 'cost'>;

/** The operator of edits that follow none. */
export const FREE = { operator: 'free-edit', family: 'free-edit' } as const;

/** What goes back to the model when its answer cannot be used. */
export const failure = (message: string): Failure => ({
  kind: 'refused',
  message,
  line: null,
  stderr: [],
});

/** A proposal that stands for an answer which could not be read. */
export const unusable = ({ model }: SearchState, message: string): Content => ({
  ...FREE,
  title: 'An answer that could not be read',
  reasoning: message,
  evidence: [],
  expectedEffect: null,
  confidence: null,
  text: model.text,
  fingerprint: null,
  refusal: failure(message),
});

/**
 * A candidate taken as it is keeps its operator; anything else is a free edit, its family the one
 * topic it touches.
 */
export function kindOf(
  { edits }: Answer,
  { base, changed }: { readonly base: AnswerBase; readonly changed: Applied['value'] },
): Pick<Proposal, 'operator' | 'family'> {
  const [first, ...others] = edits;
  const chosen =
    first && 'candidate' in first && others.length === 0
      ? base.candidates[first.candidate - 1]
      : undefined;
  if (chosen) return { operator: chosen.operator, family: chosen.family };
  const topics = new Set(
    architectureChanges(base.architecture, changed.architecture).map(({ topic }) => topic),
  );
  const [topic] = topics;
  return { ...FREE, family: topic && topics.size === 1 ? topic : FREE.family };
}

/** What an answer should have said and did not. */
export function absences({ expectedEffect, confidence, evidence }: Answer): readonly string[] {
  const missing = [
    ...(expectedEffect ? [] : ['expected effect']),
    ...(confidence === null ? ['confidence'] : []),
    ...(evidence.length === 0 ? ['evidence'] : []),
  ];
  return missing.length === 0 ? [] : [`The answer names no ${missing.join(', no ')}.`];
}

/** The finding the user points at, where the answer does not speak of it. */
export const unanswered = ({ evidence }: Answer, focus: FindingKind | null): readonly string[] =>
  focus === null || evidence.some(({ finding }) => finding === focus)
    ? []
    : [`The answer does not cite ${focus}, which it was asked to answer.`];
