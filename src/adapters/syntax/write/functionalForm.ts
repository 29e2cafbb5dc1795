import type { Expression, Statement } from '../code/code.ts';
import type { Mention } from '../code/moduleCode.ts';
import type { Span } from '../code/span.ts';
import { cannotEditError } from '../errors.ts';
import type { ModelDraft } from '../read/drafts.ts';
import { ApplyChain } from './applyChain.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import { indentAt, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { insertAfterStatement, removeStatement } from './statements.ts';

/**
 * Writes a sequential model as the same chain of `apply` calls: `input`, `x = … .apply(x)`,
 * `tf.model(…)`.
 */
export function functionalForm(context: EditContext): readonly Patch[] {
  const { model } = context.reading;
  if (model?.kind !== 'sequential') throw cannotEditError('the model is not sequential');
  return new FunctionalForm(context, model).patches();
}

class FunctionalForm {
  readonly #context: EditContext;
  readonly #model: ModelDraft;
  readonly #chain: ApplyChain;

  constructor(context: EditContext, model: ModelDraft) {
    this.#context = context;
    this.#model = model;
    this.#chain = new ApplyChain(context, model);
  }

  patches(): readonly Patch[] {
    const applied = this.#chain.applied();
    const added = applied.flatMap(({ statement, code }) =>
      statement ? [{ statement, code }] : [],
    );
    const listed = applied.flatMap(({ statement, code }) => (statement ? [] : code));
    const start = [this.#chain.inputStatement(), ...listed];
    const inputs = this.#inputStatements();
    this.#requireOnlyAdds([...inputs, ...added.map(({ statement }) => statement)]);
    const last = added.at(-1);
    const opening = this.#replaceModel(
      last ? start : [...start, this.#chain.modelCall()],
      last !== undefined,
    );
    const adds = added.map(({ statement, code }) =>
      replacement(statement.span, this.#lines(code, statement.span)),
    );
    const closing = last
      ? [insertAfterStatement(this.#context.text, last.statement.span, [this.#chain.modelCall()])]
      : [];
    const gone = inputs.map(({ span }) => removeStatement(this.#context.text, span));
    return [...opening, ...gone, ...adds, ...closing, ...this.#returnType()];
  }

  /** The `model.add` of an input layer: the input is a statement of its own now. */
  #inputStatements(): readonly Statement[] {
    return this.#context.reading.layers.flatMap(({ draft, site }) =>
      draft.type === 'inputLayer' && site.kind === 'add' ? [site.statement] : [],
    );
  }

  #replaceModel(code: readonly string[], keepsVariable: boolean): readonly Patch[] {
    const { result, span } = this.#context.reading.host;
    const { statement } = this.#model;
    if (statement.span.start < span.start || statement.span.end > span.end)
      throw cannotEditError('the model is made outside of the function that adds its layers');
    if (result) return [this.#block(result, code)];
    const value =
      statement.kind === 'declare' || statement.kind === 'return' ? statement.value : null;
    const alone =
      statement.kind === 'return'
        ? !keepsVariable
        : statement.kind === 'declare' && statement.alone && statement.keyword !== '';
    if (!value || unwrap(value) !== this.#model.call || !alone)
      throw cannotEditError('the model is not made in a statement of its own');
    return [replacement(statement.span, this.#lines(code, statement.span))];
  }

  /** An arrow function's expression becomes a block. */
  #block(result: Expression, code: readonly string[]): Patch {
    const outer = indentAt(this.#context.text, this.#context.reading.host.span.start);
    const inner = outer + this.#context.style.indent;
    const statementIndent = indentAt(this.#context.text, result.span.start);
    const lines = code.map((one) => inner + one.replaceAll(`\n${statementIndent}`, `\n${inner}`));
    return replacement(result.span, `{\n${lines.join('\n')}\n${outer}}`);
  }

  /** Between the model and its last layer nothing but `model.add` may use it. */
  #requireOnlyAdds(adds: readonly Statement[]): void {
    const { statement } = this.#model;
    const last = adds.at(-1);
    if (!last || statement.kind !== 'declare' || statement.pattern.kind !== 'name') return;
    const between = (mention: Mention): boolean =>
      mention.span.start >= statement.span.end && mention.span.start < last.span.end;
    if (this.#context.mentions(statement.pattern.name).filter(between).length !== adds.length) {
      throw cannotEditError('the model is used before its last layer is added');
    }
  }

  #returnType(): readonly Patch[] {
    const span = this.#context.reading.host.returnType;
    const text = span ? this.#context.slice(span) : '';
    return span && /\bSequential\b/.test(text)
      ? [replacement(span, text.replace(/\bSequential\b/, 'LayersModel'))]
      : [];
  }

  #lines(code: readonly string[], statement: Span): string {
    return code.join(`\n${indentAt(this.#context.text, statement.start)}`);
  }
}
