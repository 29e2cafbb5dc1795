import type { Failure } from '../record/trial.ts';
import { ok, refuse, type Result } from '../util/result.ts';
import type { BuiltModel } from '../model/builtModel.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Trainer } from '../ports/trainer.ts';
import type { SearchState } from '../ports/searcher.ts';
import type { SourceRange } from '../model/architecture.ts';
import { changeOutsideBuilder, type Source } from './editScope.ts';
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
  const { marked } = proposal;
  const outside = changeOutsideBuilder(
    widened({ text: proposal.base, ...round.architecture }, marked?.base),
    widened({ text: proposal.text, ...read.value }, marked?.text),
  );
  if (outside) return refuse({ ...failure('refused', outside.message), line: outside.line });
  return ok(null);
}

/** What a person marked outside the builder is a search's to change, too. */
function widened(source: Source, marked: readonly SourceRange[] = []): Source {
  const { builder, scope = [] } = source;
  const isOwn = ({ start }: SourceRange): boolean =>
    [builder.range, ...scope].some((range) => start >= range.start && start < range.end);
  return { ...source, scope: [...scope, ...marked.filter((range) => !isOwn(range))] };
}

const failure = (kind: Failure['kind'], message: string): Failure => ({
  kind,
  message,
  line: null,
  stderr: [],
});
