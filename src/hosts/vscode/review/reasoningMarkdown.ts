import { formatChange } from '../../../record/format.ts';
import { furtherEvidence } from '../../../record/furtherEvidence.ts';
import type { Proposal } from '../../../study/proposal.ts';
import { evidenceList, linkedEvidenceList } from '../attempt/evidenceMarkdown.ts';
import { escapeMarkdown as plain } from '../labels.ts';

/** Why a change is proposed, as a page; everything from a proposer is escaped. */
export const reasoningPage = (proposal: Proposal, logPath: string | null): string =>
  `# ${markdown(proposal, evidenceList(furtherEvidence(proposal), logPath))}`;

/** The same for a hover, with links to the log lines. */
export const reasoningHover = (proposal: Proposal, logPath: string | null): string =>
  `### ${markdown(proposal, linkedEvidenceList(furtherEvidence(proposal), logPath))}`;

function markdown(proposal: Proposal, evidence: string): string {
  const parts = [
    plain(proposal.title),
    plain(proposal.reasoning),
    ...warningList(proposal.warnings),
    evidence,
    `*${plain(expectationText(proposal))}, proposed by ${plain(proposal.proposer)}*`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Where a proposal's words and its change disagree, as one paragraph; none where they agree. */
const warningList = (warnings: readonly string[] = []): readonly string[] =>
  warnings.length === 0 ? [] : [warnings.map((warning) => `- ⚠ ${plain(warning)}`).join('\n')];

/** `expected val_loss −0.003, confidence 60 %`. */
export function expectationText({
  expectedEffect,
  confidence,
}: Pick<Proposal, 'expectedEffect' | 'confidence'>): string {
  const effect = expectedEffect
    ? `expected ${expectedEffect.metric} ${formatChange(expectedEffect.delta)}`
    : 'no effect predicted';
  return confidence === null ? effect : `${effect}, confidence ${Math.round(confidence * 100)} %`;
}
