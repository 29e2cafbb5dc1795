import type { CallExpression, DeclareStatement, Expression, Statement } from '../code/code.ts';
import type { Mention } from '../code/moduleCode.ts';
import type { Span } from '../code/span.ts';
import { cannotEditError } from '../errors.ts';
import type { PlacedLayer } from '../read/drafts.ts';
import type { Reading } from '../read/reading.ts';
import { Printer } from './printer.ts';
import { styleOf } from './sourceStyle.ts';
import type { SourceStyle } from './sourceStyle.ts';

/** A value that a `const` of the builder holds, when it is used in one place only. */
interface LocalConstant {
  readonly declaration: DeclareStatement;
  readonly value: Expression;
}

/** What every edit needs to know of the text it changes. */
export class EditContext {
  readonly reading: Reading;
  readonly text: string;
  readonly style: SourceStyle;
  readonly printer: Printer;

  constructor(reading: Reading) {
    this.reading = reading;
    this.text = reading.module.text;
    this.style = styleOf(reading);
    this.printer = new Printer(reading, this.style);
  }

  slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  layer(index: number): PlacedLayer {
    const layer = this.reading.layers[index];
    if (!layer) throw cannotEditError(`there is no layer ${index}`);
    return layer;
  }

  /** A layer that stands by itself in the builder; refuses the others. */
  editable(index: number): PlacedLayer {
    const layer = this.layer(index);
    if (layer.conditional)
      throw cannotEditError(
        `layer ${index} (\`${layer.draft.type}\`) stands in a loop, a branch or a helper ` +
          'function, or is used twice',
      );
    return layer;
  }

  /** The call that makes a layer; its arguments may change even where it may not be moved. */
  factory(index: number): CallExpression {
    const isWritable = this.reading.architecture.layers[index]?.writable === true;
    const { call, type } = (isWritable ? this.layer(index) : this.editable(index)).draft;
    if (!call) throw cannotEditError(`layer ${index} (\`${type}\`) is not made by a call`);
    return call;
  }

  /** Where a name stands inside the builder. */
  mentions(name: string): readonly Mention[] {
    return this.reading.module.mentions.filter(
      (mention) => mention.name === name && this.#inBuilder(mention.span),
    );
  }

  /** A name that nothing in the builder or around it has yet. */
  freshName(wish: string): string {
    const taken = new Set([
      ...this.reading.module.mentions.map(({ name }) => name),
      ...[...this.reading.scope.names()].map(([name]) => name),
    ]);
    let name = wish;
    for (let count = 2; taken.has(name); count += 1) name = `${wish}${count}`;
    return name;
  }

  /** The constant of the builder that `expression` names, when changing it changes nothing else. */
  localConstant(expression: Expression): LocalConstant | null {
    if (expression.kind !== 'name') return null;
    const declaration = this.declarationOf(expression.name);
    if (
      !declaration?.value ||
      declaration.keyword !== 'const' ||
      this.mentions(expression.name).length !== 2
    )
      return null;
    return { declaration, value: declaration.value };
  }

  /** The statement at the top of the builder's body that declares a name. */
  declarationOf(name: string): DeclareStatement | null {
    const declares = (statement: Statement): statement is DeclareStatement =>
      statement.kind === 'declare' &&
      statement.keyword !== '' &&
      statement.pattern.kind === 'name' &&
      statement.pattern.name === name;
    return this.reading.host.body.find(declares) ?? null;
  }

  /** Renames a variable wherever it stands behind `after`. */
  renames(name: string, to: string, after: number): { start: number; end: number; text: string }[] {
    return this.mentions(name)
      .filter(({ span }) => span.start >= after)
      .map(({ span, shorthand }) => ({ ...span, text: shorthand ? `${name}: ${to}` : to }));
  }

  /** The builder, or the helper that its layers stand in. */
  get #hostSpan(): Span {
    const { builder, host } = this.reading;
    const isInside = host.span.start >= builder.span.start && host.span.end <= builder.span.end;
    return isInside ? builder.span : host.span;
  }

  #inBuilder({ start, end }: Span): boolean {
    const span = this.#hostSpan;
    return start >= span.start && end <= span.end;
  }
}

/** The expression inside parentheses and casts. */
export function unwrap(expression: Expression): Expression {
  return expression.kind === 'wrapped' ? unwrap(expression.inner) : expression;
}

/** The outermost cast around an expression: ` as tf.SymbolicTensor`, or nothing. */
export function castOf(expression: Expression): string {
  if (expression.kind !== 'wrapped') return '';
  return expression.cast === null ? castOf(expression.inner) : ` as ${expression.cast}`;
}

export const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;
