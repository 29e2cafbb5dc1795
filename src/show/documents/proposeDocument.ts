import { createTwoFilesPatch } from 'diff';
import type { Proposal } from '../../study/proposal.ts';

/** The JSON form of proposals: each with its reasons and its unified diff. */
export const proposeDocument = (proposals: readonly Proposal[], path: string) => ({
  proposals: proposals.map((proposal) => ({
    title: proposal.title,
    operator: proposal.operator,
    reasoning: proposal.reasoning,
    evidence: proposal.evidence.map((item) => ({ ...item, lines: [...item.lines] })),
    diff: diffOf(proposal, path),
    expectedEffect: proposal.expectedEffect,
    confidence: proposal.confidence,
    proposer: proposal.proposer,
    warnings: [...(proposal.warnings ?? [])],
    cost: proposal.cost,
  })),
});

/** A proposal's change as a diff that `git apply` takes; `path` is as git names the file. */
export const diffOf = ({ base, text }: Proposal, path: string): string =>
  createTwoFilesPatch(`a/${path}`, `b/${path}`, base, text, undefined, undefined, { context: 3 });
