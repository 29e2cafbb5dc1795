import type { Diagnosis, FindingKind } from '../../log/diagnosis.ts';
import { oneLine, quoteData } from './quote.ts';

/** The finding that the user points at: what is proposed has to answer it, and to cite it. */
export function focusSection(focus: FindingKind, { findings }: Diagnosis): string {
  const finding = findings.find(({ kind }) => kind === focus);
  const request =
    `The user asks for an answer to one finding: ${focus}. Answer it before anything else, and ` +
    'name it in your evidence.';
  if (!finding) return request;
  const lines = finding.lines.slice(0, 4).join(', ');
  return `${request}\n${quoteData('finding', `lines ${lines}: ${oneLine(finding.text, 300)}`)}`;
}
