import type { Argument, SourceRange } from '../../../model/architecture.ts';
import type { NamedValue, Value } from '../../../model/values.ts';
import type { CallArgument, CallExpression, Entry, Expression, Span } from '../code/code.ts';
import type { Lines } from './lines.ts';
import { joined } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

/** A value and the constant it was read through. */
interface Read {
  readonly value: Value;
  readonly constant: string | null;
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '//': (a, b) => Math.floor(a / b),
};

/** Reads values and arguments without following calls. */
export class ValueReader {
  readonly #text: string;
  readonly #dialect: Dialect;
  readonly #lines: Lines;

  constructor(text: string, dialect: Dialect, lines: Lines) {
    this.#text = text;
    this.#dialect = dialect;
    this.#lines = lines;
  }

  range(span: Span): SourceRange {
    return this.#lines.range(span);
  }

  /**
   * The path inside the runtime library that `expression` names; `null` when it names something
   * else.
   */
  path(expression: Expression, scope: Scope): string | null {
    const meaning = this.meaningOfName(expression, scope);
    return meaning.kind === 'runtime' ? meaning.path : null;
  }

  /** Follows names and members only. */
  meaningOfName(expression: Expression, scope: Scope): Meaning {
    if (expression.kind === 'wrapped') return this.meaningOfName(expression.inner, scope);
    if (expression.kind === 'name')
      return scope.find(expression.name)?.meaning ?? this.#wellKnown(expression.name, scope);
    if (expression.kind !== 'member') return UNKNOWN;
    const object = this.meaningOfName(expression.object, scope);
    if (object.kind === 'runtime')
      return { kind: 'runtime', path: joined(object.path, expression.property) };
    if (object.kind !== 'record') return UNKNOWN;
    const entry = object.expression.entries.findLast(({ key }) => key === expression.property);
    return entry ? { kind: 'value', value: this.read(entry.value, object.scope).value } : UNKNOWN;
  }

  read(expression: Expression, scope: Scope): Read {
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

  /** The arguments of a factory or of `compile`, by their tfjs names. */
  arguments(call: CallExpression, path: string, scope: Scope): Argument[] {
    const positional = this.#dialect.positional(path);
    const found = call.arguments.flatMap((argument, index) => {
      if (argument.name !== null)
        return [this.#named(argument, this.#dialect.argumentName(argument.name, path), scope)];
      return this.#unnamed(argument, positional[index] ?? null, { index, path, scope });
    });
    return found.filter(
      ({ name }, index) => !found.some((later, at) => at > index && later.name === name),
    );
  }

  #wellKnown(name: string, scope: Scope): Meaning {
    const path = this.#dialect.wellKnown[name];
    if (path !== undefined) return { kind: 'runtime', path };
    const everything = scope.find('*')?.meaning;
    return everything?.kind === 'runtime'
      ? { kind: 'runtime', path: joined(everything.path, name) }
      : UNKNOWN;
  }

  #named(at: CallArgument | Entry, name: string, scope: Scope): Argument {
    const { value, constant } = this.read(at.value, scope);
    return { name, value: this.#spelled(name, value), constant, range: this.#lines.range(at.span) };
  }

  /** A configuration object, or a positional argument. */
  #unnamed(
    argument: CallArgument,
    name: string | null,
    place: { index: number; path: string; scope: Scope },
  ): Argument[] {
    if (name !== null) return [this.#named(argument, name, place.scope)];
    const config = this.#record(argument.value, place.scope);
    if (!config) return [this.#named(argument, String(place.index), place.scope)];
    return config.expression.entries
      .flatMap((entry) => this.#entry(entry, place.path, config.scope))
      .map((read) =>
        config.constant === null
          ? read
          : { ...read, constant: config.constant, range: this.#lines.range(argument.span) },
      );
  }

  #entry(entry: Entry, path: string, scope: Scope): Argument[] {
    if (entry.key !== '...')
      return [this.#named(entry, this.#dialect.argumentName(entry.key, path), scope)];
    const spread = this.#record(entry.value, scope);
    if (!spread) return [this.#named(entry, '...', scope)];
    return spread.expression.entries
      .flatMap((inner) => this.#entry(inner, path, spread.scope))
      .map((read) => ({
        ...read,
        constant: spread.constant ?? '...',
        range: this.#lines.range(entry.span),
      }));
  }

  #record(
    expression: Expression,
    scope: Scope,
  ): (Extract<Meaning, { kind: 'record' }> & { constant: string | null }) | null {
    if (expression.kind === 'wrapped') return this.#record(expression.inner, scope);
    if (expression.kind === 'object') return { kind: 'record', expression, scope, constant: null };
    const meaning = this.meaningOfName(expression, scope);
    return meaning.kind === 'record' && expression.kind === 'name'
      ? { ...meaning, constant: expression.name }
      : null;
  }

  #spelled(argument: string, value: Value): Value {
    if (value.kind === 'string')
      return { kind: 'string', value: this.#dialect.text(argument, value.value) };
    if (value.kind === 'list')
      return { kind: 'list', items: value.items.map((item) => this.#spelled(argument, item)) };
    return value;
  }

  #interpreted(expression: Expression, scope: Scope): Read | null {
    switch (expression.kind) {
      case 'literal':
        return { value: expression.value, constant: null };
      case 'wrapped':
        return this.#interpreted(expression.inner, scope);
      case 'name':
        return this.#constant(expression, expression.name, scope);
      case 'member':
        return this.#constant(
          expression,
          this.#text.slice(expression.span.start, expression.span.end),
          scope,
        );
      case 'list':
        return this.#list(expression.items, scope);
      case 'binary':
        return this.#arithmetic(expression, scope);
      case 'call':
        return this.#call(expression, scope);
      default:
        return null;
    }
  }

  #constant(expression: Expression, constant: string, scope: Scope): Read | null {
    const meaning = this.meaningOfName(expression, scope);
    return meaning.kind === 'value' && meaning.value.kind !== 'source'
      ? { value: meaning.value, constant }
      : null;
  }

  #list(items: readonly Expression[], scope: Scope): Read | null {
    if (items.some((item) => item.kind === 'other')) return null;
    return {
      value: { kind: 'list', items: items.map((item) => this.read(item, scope).value) },
      constant: null,
    };
  }

  #arithmetic(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Read | null {
    const left = this.#interpreted(expression.left, scope);
    const right = this.#interpreted(expression.right, scope);
    if (left?.value.kind !== 'number' || right?.value.kind !== 'number') return null;
    const value = ARITHMETIC[expression.operator]?.(left.value.value, right.value.value);
    if (value === undefined || !Number.isFinite(value)) return null;
    return { value: { kind: 'number', value }, constant: left.constant ?? right.constant };
  }

  #call(call: CallExpression, scope: Scope): Read | null {
    const path = this.path(call.callee, scope);
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
}
