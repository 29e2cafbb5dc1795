import type { Failure } from '../record/trial.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Trainer } from '../ports/trainer.ts';
import type { SearchState } from '../ports/searcher.ts';
import { changeOutsideBuilder } from './editScope.ts';
import type { Proposal } from '../study/proposal.ts';

/** What a proposal is held against. */
export type CheckContext = Pick<SearchState, 'study' | 'model' | 'architecture' | 'signal'>;

/**
 * Everything that is asked of a proposal before anyone sees it: it parses, stays in the builder,
 * builds with the right shapes and limits.
 */
export async function checkProposal(
  proposal: Proposal,
  round: CheckContext,
  ports: { readonly syntax: ModelSyntax; readonly trainer: Trainer },
): Promise<Result<BuiltModel, Failure>> {
  const source = checkSource(proposal, round, ports.syntax);
  if (!source.ok) return source;
  return ports.trainer.build(
    round.study,
    { path: round.study.modelPath, text: proposal.text },
    round.signal,
  );
}

/** What can be asked of a proposal without building it: it parses, and stays in the builder. */
export function checkSource(
  proposal: Proposal,
  round: CheckContext,
  syntax: ModelSyntax,
): Result<null, Failure> {
  if (proposal.refusal) return refuse(proposal.refusal);
  const read = syntax.read(proposal.text, round.model.language, round.study.config);
  if (!read.ok) return refuse(failure('syntax', read.error.happened));
  const outside = changeOutsideBuilder(
    { text: proposal.base, ...round.architecture },
    { text: proposal.text, ...read.value },
  );
  if (outside) return refuse({ ...failure('refused', outside.message), line: outside.line });
  return ok(null);
}

const failure = (kind: Failure['kind'], message: string): Failure => ({
  kind,
  message,
  line: null,
  stderr: [],
});
