import { createTwoFilesPatch } from 'diff';
import type { Proposal } from '../../study/proposal.ts';

/** The JSON form of proposals: each with its reasons and its unified diff. */
export const proposeDocument = (proposals: readonly Proposal[]) => ({
  proposals: proposals.map((proposal) => ({
    title: proposal.title,
    operator: proposal.operator,
    reasoning: proposal.reasoning,
    evidence: proposal.evidence.map((item) => ({ ...item, lines: [...item.lines] })),
    diff: diffOf(proposal),
    expectedEffect: proposal.expectedEffect,
    confidence: proposal.confidence,
    proposer: proposal.proposer,
    warnings: [...(proposal.warnings ?? [])],
    cost: proposal.cost,
  })),
});

/** A proposal's change as a unified diff. */
export const diffOf = (proposal: Proposal): string =>
  createTwoFilesPatch('before', 'after', proposal.base, proposal.text, undefined, undefined, {
    context: 3,
  });
