import type { Evidence } from '../../record/proposalRecord.ts';
import type { Answers, Candidate, Idea, Operator } from './operator.ts';
import type { OperatorContext } from './operatorContext.ts';
import type { Finding } from '../../log/diagnosis.ts';
import { answeredDemand, demandsOf, type Calls } from './demands.ts';
import { headroom } from './outlook.ts';
import { answeredFinding, needOf, symptomsOf } from './symptoms.ts';
import { evidenceOf, sentence, summarizeRun } from './words.ts';
import { gainOf } from '../../study/objective.ts';

/** What an operator's file states. */
interface OperatorDefinition {
  readonly name: string;
  readonly family: string;
  readonly source: string;
  /** The findings it is a remedy for, or makes worse. */
  readonly answers: Answers;
  /** What the data may ask for that it answers. */
  readonly calledBy?: Calls;
  /** How much it is worth a try when the log complains of nothing, 0–1. */
  readonly base: number;
  /** The share of the headroom it wins where it works, 0–1. */
  readonly gain: number;
  /** What it would do here; empty where its precondition does not hold. */
  ideas(context: OperatorContext): readonly Idea[];
}

/**
 * Makes an {@link Operator}: the definition's ideas, each with the log's numbers, a predicted
 * effect and a priority.
 */
export function defineOperator(definition: OperatorDefinition): Operator {
  const { name, family, source, answers, ideas } = definition;
  return {
    name,
    family,
    source,
    answers,
    candidates: (context) => ideas(context).map((idea) => candidateOf(definition, context, idea)),
  };
}

function candidateOf(
  definition: OperatorDefinition,
  context: OperatorContext,
  idea: Idea,
): Candidate {
  const { diagnosis } = context;
  const finding = answeredFinding(context, definition.answers);
  const demand = answeredDemand(demandsOf(context.network.data), definition.calledBy ?? {});
  const base = 1 - (1 - definition.base) * (1 - (demand?.need ?? 0));
  const need = needOf(symptomsOf(context), definition.answers, base);
  const fit = idea.fit ?? 1;
  return {
    title: idea.title,
    edits: idea.edits,
    variantKey: idea.variantKey,
    reason: reasonOf(context, { finding, demand }, idea.because),
    evidence: [
      ...(finding ? [evidenceOf(diagnosis, finding)] : []),
      evidenceOf(diagnosis, null),
      sourceOf(definition),
    ],
    expectedEffect: effectOf(context, definition.gain * fit),
    confidence: need * fit,
    priority: { need, fit, growth: idea.growth ?? 1 },
  };
}

const sourceOf = ({ source }: OperatorDefinition): Evidence => ({
  text: `Source: ${source}.`,
  finding: null,
  lines: [],
});

/**
 * What the log says (a finding's own words), else what the data ask for, else the course of the
 * run; then what follows from it.
 */
function reasonOf(
  { diagnosis }: OperatorContext,
  { finding, demand }: Called,
  because: string,
): string {
  const asked = finding && demand ? [demand.text] : [];
  const said = finding?.text ?? demand?.text ?? summarizeRun(diagnosis);
  return [said, because, ...asked].map(sentence).join(' ');
}

interface Called {
  readonly finding: Finding | null;
  readonly demand: { readonly text: string } | null;
}

function effectOf(context: OperatorContext, share: number): Candidate['expectedEffect'] {
  const room = headroom(context);
  if (room === null) return null;
  const delta = gainOf(room * share, context.objective);
  return { metric: context.objective.metric, delta: Number(delta.toPrecision(3)) };
}
