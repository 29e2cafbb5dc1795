import type { Argument, SourceRange } from '../../../model/architecture.ts';
import { ownOptimizerMadeBy } from '../../../model/ownOptimizers/ownOptimizers.ts';
import type { NamedValue } from '../../../model/values.ts';
import type { CallExpression, Expression } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import { ArgumentReader } from './argumentReader.ts';
import type { ReadValue } from './argumentReader.ts';
import { Calculator } from './calculator.ts';
import { valueOf } from './compute.ts';
import type { Dialect } from './dialect.ts';
import type { Lines } from './lines.ts';
import type { Meaning, Scope } from './scope.ts';

/** Reads values and arguments without following calls. */
export class ValueReader {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #lines: Lines;
  readonly #calculator: Calculator;
  readonly #arguments: ArgumentReader;

  constructor(text: string, dialect: Dialect, lines: Lines) {
    this.#text = text;
    this.#dialect = dialect;
    this.#lines = lines;
    this.#calculator = new Calculator(
      dialect,
      (expression, scope) => this.read(expression, scope).value,
    );
    this.#arguments = new ArgumentReader(dialect, this);
  }

  range(span: Span): SourceRange {
    return this.#lines.range(span);
  }

  textOf({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }

  /**
   * The path inside the runtime library that `expression` names; `null` when it names something
   * else.
   */
  path(expression: Expression, scope: Scope): string | null {
    const meaning = this.meaningOfName(expression, scope);
    return meaning.kind === 'runtime' ? meaning.path : null;
  }

  /** Follows names, members and what can be computed of them; calls only where they are sums. */
  meaningOfName(expression: Expression, scope: Scope): Meaning {
    return this.#calculator.meaningOfName(expression, scope);
  }

  /** What an expression comes to without running anything that makes layers. */
  compute(expression: Expression, scope: Scope): Meaning {
    return this.#calculator.compute(expression, scope);
  }

  /** The arguments of a factory or of `compile`, by their tfjs names. */
  arguments(call: CallExpression, path: string, scope: Scope): Argument[] {
    return this.#arguments.read(call, path, scope);
  }

  read(expression: Expression, scope: Scope): ReadValue {
    const value = this.#interpreted(expression, scope);
    return (
      value ?? {
        value: {
          kind: 'source',
          text: this.#text.slice(expression.span.start, expression.span.end),
        },
        constant: null,
      }
    );
  }

  #interpreted(expression: Expression, scope: Scope): ReadValue | null {
    switch (expression.kind) {
      case 'literal':
        return { value: expression.value, constant: null };
      case 'wrapped':
        return this.#interpreted(expression.inner, scope);
      case 'list':
        return this.#list(expression.items, scope);
      case 'call':
        return this.#call(expression, scope) ?? this.#constant(expression, scope);
      case 'binary':
        return this.#arithmetic(expression, scope);
      default:
        return this.#constant(expression, scope);
    }
  }

  #constant(expression: Expression, scope: Scope): ReadValue | null {
    const value = valueOf(this.compute(expression, scope));
    const constant = this.#text.slice(expression.span.start, expression.span.end);
    return value && { value, constant };
  }

  #list(items: readonly Expression[], scope: Scope): ReadValue | null {
    if (items.some((item) => item.kind === 'other' || item.kind === 'spread')) return null;
    return {
      value: { kind: 'list', items: items.map((item) => this.read(item, scope).value) },
      constant: null,
    };
  }

  #arithmetic(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): ReadValue | null {
    const value = valueOf(this.compute(expression, scope));
    const left = this.#interpreted(expression.left, scope);
    const right = this.#interpreted(expression.right, scope);
    return value && { value, constant: left?.constant ?? right?.constant ?? null };
  }

  #call(call: CallExpression, scope: Scope): ReadValue | null {
    const path = this.path(call.callee, scope) ?? this.#broughtOptimizer(call, scope);
    if (path === null) return null;
    const args: NamedValue[] = this.arguments(call, path, scope).map(({ name, value }) => ({
      name,
      value,
    }));
    return {
      value: { kind: 'call', callee: this.#dialect.valuePath(path), arguments: args },
      constant: null,
    };
  }

  /** The path of an optimiser whose source came along with an edit. */
  #broughtOptimizer({ callee }: CallExpression, scope: Scope): string | null {
    if (callee.kind !== 'name') return null;
    const made = scope.find(callee.name)?.meaning;
    const source = made?.kind === 'function' ? this.textOf(made.code().span) : null;
    const own = source === null ? null : ownOptimizerMadeBy(callee.name, source);
    return own && `train.${own.type}`;
  }
}
