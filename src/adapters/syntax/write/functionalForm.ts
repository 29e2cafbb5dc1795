import type { Argument } from '../../../model/architecture.ts';
import type { Expression, Statement } from '../code/code.ts';
import type { Mention } from '../code/moduleCode.ts';
import type { Span } from '../code/span.ts';
import { cannotEditError } from '../errors.ts';
import type { ModelDraft, PlacedLayer } from '../read/drafts.ts';
import { removeEntry } from './configuration.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import { indentAt, lineEnd, patchedSlice, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { asInput } from './promise.ts';
import { isInputShape } from './promisedLayers.ts';
import { insertAfterStatement } from './statements.ts';

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
  readonly #layers: readonly PlacedLayer[];
  readonly #input: string;
  readonly #x: string;
  readonly #cast: string;
  readonly #end: string;

  constructor(context: EditContext, model: ModelDraft) {
    this.#context = context;
    this.#model = model;
    this.#layers = context.reading.layers.map((_, index) => context.editable(index));
    this.#input = context.freshName('input');
    this.#x = context.freshName('x');
    const typed = context.reading.module.language === 'typescript' || isTypedTsx(context);
    this.#cast = typed ? ` as ${context.printer.reach('SymbolicTensor')}` : '';
    this.#end = context.style.semicolon;
  }

  patches(): readonly Patch[] {
    const applied = this.#applied();
    const added = applied.flatMap(({ statement, code }) =>
      statement ? [{ statement, code }] : [],
    );
    const listed = applied.flatMap(({ statement, code }) => (statement ? [] : code));
    const start = [...this.#inputStatement(), ...listed];
    this.#requireOnlyAdds(added.map(({ statement }) => statement));
    const last = added.at(-1);
    const opening = this.#replaceModel(
      last ? start : [...start, this.#modelCall()],
      last !== undefined,
    );
    const adds = added.map(({ statement, code }) =>
      replacement(statement.span, this.#lines(code, statement.span)),
    );
    const closing = last
      ? [insertAfterStatement(this.#context.text, last.statement.span, [this.#modelCall()])]
      : [];
    return [...opening, ...adds, ...closing, ...this.#returnType()];
  }

  /**
   * One `x = layer.apply(x)` per layer, with the comments of its item; `statement` is the
   * `model.add` it stands for.
   */
  #applied(): { statement: Statement | null; code: string[] }[] {
    const steps = this.#layers.flatMap((layer, index) =>
      layer.draft.type === 'inputLayer' ? [] : [{ layer, index }],
    );
    return steps.map(({ layer, index }, step) => {
      const { site } = layer;
      const head = step === 0 ? `let ${this.#x} = ` : `${this.#x} = `;
      const source = this.#factorySource(layer, index);
      const input = step === 0 ? this.#input : this.#x;
      const line = `${head}${source}.apply(${input})${this.#cast}${this.#end}`;
      if (site.kind === 'add') return { statement: site.statement, code: [line] };
      if (site.kind !== 'item')
        throw cannotEditError(
          'a layer is not written in the list of layers or in a `model.add(…)` of its own',
        );
      return {
        statement: null,
        code: this.#withComments(line, site.list.items[site.index]?.span ?? layer.draft.span),
      };
    });
  }

  /** The layer as it was written, without the input shape, indented for a statement. */
  #factorySource(layer: PlacedLayer, index: number): string {
    const { site, draft } = layer;
    const written =
      site.kind === 'item'
        ? site.list.items[site.index]
        : site.kind === 'add'
          ? site.call.arguments[0]?.value
          : undefined;
    const span = written ? unwrap(written).span : draft.span;
    const shapes = index === 0 ? draft.arguments.filter(({ name }) => isInputShape(name)) : [];
    if (shapes.length > 0 && span.start !== draft.span.start)
      throw cannotEditError('the first layer is kept in a variable');
    const patches = shapes.flatMap(({ name }) =>
      removeEntry(this.#context, this.#context.factory(0), name),
    );
    const source = patchedSlice(this.#context.text, span, patches);
    return this.#moved(source, indentAt(this.#context.text, span.start));
  }

  #inputStatement(): string[] {
    const { printer } = this.#context;
    const first = this.#layers[0];
    const shapes: readonly Argument[] =
      first?.draft.arguments.filter(({ name }) => isInputShape(name) || name === 'shape') ?? [];
    if (shapes.length === 0)
      throw cannotEditError('the first layer does not state the input shape');
    return [
      `const ${this.#input} = ` +
        `${printer.reach('input')}(${printer.object(shapes.map(asInput))})${this.#end}`,
    ];
  }

  #modelCall(): string {
    const { printer } = this.#context;
    const config = this.#model.call.arguments[0]?.value;
    const others =
      config?.kind === 'object'
        ? config.entries
            .filter(({ key }) => key !== 'layers')
            .map(({ span }) => this.#context.slice(span))
        : [];
    const object = printer.object([
      source('inputs', this.#input),
      source('outputs', this.#x),
      ...others.map((text) => source(text, text)),
    ]);
    return `${this.#head()}${printer.reach('model')}(${object})${this.#end}`;
  }

  /** `const model = ` or `return `, as it stands before the model. */
  #head(): string {
    const { statement, call } = this.#model;
    if (this.#context.reading.host.result) return 'return ';
    return this.#context
      .slice({ start: statement.span.start, end: call.span.start })
      .replace(/\bSequential\b/, 'LayersModel');
  }

  #replaceModel(code: readonly string[], keepsVariable: boolean): readonly Patch[] {
    const { result } = this.#context.reading.host;
    const { statement } = this.#model;
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

  /** Comments in front of an item and behind it in its line. */
  #withComments(line: string, item: Span): string[] {
    const { text, reading } = this.#context;
    const previous = Math.max(
      0,
      ...reading.layers.flatMap(({ site }) =>
        site.kind === 'item'
          ? site.list.items.map(({ span }) => span.end).filter((end) => end <= item.start)
          : [],
      ),
    );
    const inList = reading.module.comments.filter(
      ({ start }) => start > this.#model.call.span.start && start < this.#model.call.span.end,
    );
    const behind = inList.filter(
      ({ start }) =>
        start >= item.end &&
        start < lineEnd(text, item.end) &&
        !isBeforeItem(reading.layers, item, start),
    );
    const before = inList.filter(
      ({ start, end }) =>
        end <= item.start && start > Math.max(previous, previous && lineEnd(text, previous)),
    );
    const trailing = behind.map((span) => ` ${this.#context.slice(span)}`).join('');
    return [...before.map((span) => this.#context.slice(span)), line + trailing];
  }

  #lines(code: readonly string[], statement: Span): string {
    return code.join(`\n${indentAt(this.#context.text, statement.start)}`);
  }

  /** Takes lines from the indentation of a list item to that of the model's statement. */
  #moved(source: string, from: string): string {
    const { statement } = this.#model;
    const to = indentAt(this.#context.text, statement.span.start);
    return source
      .split('\n')
      .map((line, index) =>
        index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line,
      )
      .join('\n');
  }
}

const source = (
  name: string,
  text: string,
): { name: string; value: { kind: 'source'; text: string } } => ({
  name,
  value: { kind: 'source', text },
});

/** Another item stands between this one and the comment. */
const isBeforeItem = (layers: readonly PlacedLayer[], item: Span, comment: number): boolean =>
  layers.some(
    ({ site }) =>
      site.kind === 'item' &&
      site.list.items.some(({ span }) => span.start >= item.end && span.start < comment),
  );

const isTypedTsx = ({ reading, text }: EditContext): boolean =>
  reading.module.language === 'tsx' && /\bas\s+\w|:\s*\w+[),;=]/.test(text);
