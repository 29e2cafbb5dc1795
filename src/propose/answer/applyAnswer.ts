import type { CortexError } from '../../util/errors.ts';
import type { Failure } from '../../record/trial.ts';
import type { Architecture } from '../../model/architecture.ts';
import type { ModelFile } from '../../model/modelFile.ts';
import type { ModelSyntax } from '../../ports/modelSyntax.ts';
import { ok, refuse, type Result } from '../../util/result.ts';
import type { Proposal } from '../../study/proposal.ts';
import { toArchitectureEdits } from './anchoredEdits.ts';
import type { AnchoredEdit, Answer, TextEdit } from './answer.ts';
import { insertHelpers } from './insertHelpers.ts';
import { applyTextEdits } from './textEdits.ts';

/** What an answer is applied to. */
export interface AnswerBase {
  readonly model: ModelFile;
  readonly architecture: Architecture;
  /** The offline proposals the model was offered, by their number from 1. */
  readonly candidates: readonly Proposal[];
  /** The loss for a builder that does not compile. */
  readonly usualLoss: string;
}

/**
 * The model file's text with an answer's edits, and what it builds; refuses with the failure that
 * goes back to the model.
 */
export function applyAnswer(
  answer: Answer,
  base: AnswerBase,
  syntax: ModelSyntax,
): Result<{ readonly text: string; readonly architecture: Architecture }, Failure> {
  const start = startOf(answer, base, syntax);
  if (!start.ok) return start;
  const written = writeAnchored(answer, start.value, { base, syntax });
  if (!written.ok) return written;
  const edited = applyTextEdits(
    written.value.text,
    written.value.architecture.builder.range,
    answer.edits.filter((edit): edit is TextEdit => 'oldText' in edit),
  );
  if (!edited.ok) return refuse(applyFailure(edited.error));
  const read = syntax.read(edited.value, base.model.language, base.architecture.choice);
  if (!read.ok) return refuse(syntaxFailure(read.error));
  const text = insertHelpers(
    edited.value,
    read.value.builder,
    answer.edits.flatMap((edit) => ('helper' in edit ? edit.helper : [])),
  );
  const final = syntax.read(text, base.model.language, base.architecture.choice);
  if (!final.ok) return refuse(syntaxFailure(final.error));
  if (text === base.model.text) return refuse(applyFailure('The edits change nothing.'));
  return ok({ text, architecture: final.value });
}

interface Text {
  readonly text: string;
  readonly architecture: Architecture;
}

/** The parent's text, or that of the candidate the answer chose. */
function startOf(
  { edits }: Answer,
  { model, architecture, candidates }: AnswerBase,
  syntax: ModelSyntax,
): Result<Text, Failure> {
  const [chosen, another] = edits.flatMap((edit) => ('candidate' in edit ? edit.candidate : []));
  if (chosen === undefined) return ok({ text: model.text, architecture });
  const candidate = candidates[chosen - 1];
  if (!candidate)
    return refuse(
      applyFailure(`There is no candidate ${chosen}; ${candidates.length} were offered.`),
    );
  if (another !== undefined)
    return refuse(applyFailure('Only one candidate can be taken at a time.'));
  if (edits.some((edit) => 'op' in edit))
    return refuse(applyFailure('A candidate can be changed by oldText/newText only.'));
  const read = syntax.read(candidate.text, model.language, architecture.choice);
  return read.ok
    ? ok({ text: candidate.text, architecture: read.value })
    : refuse(applyFailure(read.error.happened));
}

function writeAnchored(
  { edits }: Answer,
  start: Text,
  { base, syntax }: { readonly base: AnswerBase; readonly syntax: ModelSyntax },
): Result<Text, Failure> {
  const anchored = edits.filter((edit): edit is AnchoredEdit => 'op' in edit);
  if (anchored.length === 0) return ok(start);
  const typed = toArchitectureEdits(anchored, start.architecture, base.usualLoss);
  if (!typed.ok) return refuse(applyFailure(typed.error));
  const written = syntax.write(start.text, start.architecture, typed.value);
  const read = written.ok
    ? syntax.read(written.value, base.model.language, base.architecture.choice)
    : written;
  if (!written.ok || !read.ok)
    return refuse(applyFailure(read.ok ? 'The edits leave no builder.' : read.error.happened));
  return ok({ text: written.value, architecture: read.value });
}

const applyFailure = (message: string): Failure => ({
  kind: 'refused',
  message,
  line: null,
  stderr: [],
});

const syntaxFailure = ({ happened, line }: CortexError): Failure => ({
  ...applyFailure(happened),
  kind: 'syntax',
  line,
});
