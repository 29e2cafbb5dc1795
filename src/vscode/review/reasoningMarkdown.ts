import { formatChange } from '../../core/attempts/format.ts';
import type { Proposal } from '../../core/proposal/proposal.ts';
import { evidenceList } from '../attempt/evidenceMarkdown.ts';
import { escapeMarkdown as plain } from '../labels.ts';

/** Why a change is proposed, with the evidence and links to the log lines; everything from a proposer is escaped. */
export function reasoningMarkdown(proposal: Proposal, logPath: string | null): string {
  const parts = [
    `## ${plain(proposal.title)}`,
    plain(proposal.reasoning),
    evidenceList(proposal.evidence, logPath),
    `*${plain(expectationText(proposal))}, proposed by ${plain(proposal.proposer)}*`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** `expected val_loss −0.003, confidence 60 %`. */
export function expectationText({ expectedEffect, confidence }: Proposal): string {
  const effect = expectedEffect ? `expected ${expectedEffect.metric} ${formatChange(expectedEffect.delta)}` : 'no effect predicted';
  return confidence === null ? effect : `${effect}, confidence ${Math.round(confidence * 100)} %`;
}
