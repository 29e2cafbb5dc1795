import type { Argument } from '../../../model/architecture.ts';
import type { Statement } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import { cannotEditError } from '../errors.ts';
import type { ModelDraft, PlacedLayer } from '../read/drafts.ts';
import { removeEntry } from './configuration.ts';
import { unwrap } from './editContext.ts';
import type { EditContext } from './editContext.ts';
import { indentAt, lineEnd, patchedSlice } from './patch.ts';
import { asInput } from './functionalPromise.ts';
import { isInputShape } from './promisedLayers.ts';

/** The statements of a sequential model as a chain of `apply` calls. */
export class ApplyChain {
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

  /**
   * One `x = layer.apply(x)` per layer, with the comments of its item; `statement` is the
   * `model.add` it stands for.
   */
  applied(): { statement: Statement | null; code: string[] }[] {
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

  /** `const input = tf.input(…)`. */
  inputStatement(): string {
    const { printer } = this.#context;
    const first = this.#layers[0];
    const shapes: readonly Argument[] =
      first?.draft.arguments.filter(({ name }) => isInputShape(name) || name === 'shape') ?? [];
    if (shapes.length === 0)
      throw cannotEditError('the first layer does not state the input shape');
    return (
      `const ${this.#input} = ` +
      `${printer.reach('input')}(${printer.object(shapes.map(asInput))})${this.#end}`
    );
  }

  /** `tf.model(…)`, with what stands before it. */
  modelCall(): string {
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
