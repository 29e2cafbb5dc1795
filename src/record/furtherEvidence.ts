import type { Evidence } from './proposalRecord.ts';

/** What the reasoning says already is not said twice: of that, the lines that prove it are left. */
export const furtherEvidence = ({
  reasoning,
  evidence,
}: {
  readonly reasoning: string;
  readonly evidence: readonly Evidence[];
}): readonly Evidence[] =>
  evidence
    .filter(({ text, lines }) => lines.length > 0 || !reasoning.includes(text))
    .map((each) => (reasoning.includes(each.text) ? { ...each, text: 'As said above' } : each));
