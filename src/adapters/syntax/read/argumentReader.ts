import type { Argument, SourceRange } from '../../../model/architecture.ts';
import type { Value } from '../../../model/values.ts';
import type { CallArgument, CallExpression, Entry, Expression } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import type { Dialect } from './dialect.ts';
import type { Meaning, Scope } from './scope.ts';

/** A value and the constant it was read through. */
export interface ReadValue {
  readonly value: Value;
  readonly constant: string | null;
}

/** What reading arguments needs of the reader of values. */
interface Values {
  read(expression: Expression, scope: Scope): ReadValue;
  meaningOfName(expression: Expression, scope: Scope): Meaning;
  textOf(span: Span): string;
  range(span: Span): SourceRange;
}

/** A configuration object, and the constant that holds it. */
type Configuration = Extract<Meaning, { kind: 'record' }> & { constant: string | null };

/** Reads the arguments of factories and of `compile`, by their tfjs names. */
export class ArgumentReader {
  readonly #dialect: Dialect;
  readonly #values: Values;

  constructor(dialect: Dialect, values: Values) {
    this.#dialect = dialect;
    this.#values = values;
  }

  /** The arguments of a factory or of `compile`, by their tfjs names. */
  read(call: CallExpression, path: string, scope: Scope): Argument[] {
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

  #named(at: CallArgument | Entry, name: string, scope: Scope): Argument {
    const { value, constant } = this.#values.read(at.value, scope);
    return {
      name,
      value: this.#spelled(name, value),
      constant,
      range: this.#values.range(at.span),
    };
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
          : { ...read, constant: config.constant, range: this.#values.range(argument.span) },
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
        range: this.#values.range(entry.span),
      }));
  }

  #record(expression: Expression, scope: Scope): Configuration | null {
    if (expression.kind === 'wrapped') return this.#record(expression.inner, scope);
    if (expression.kind === 'object') return { kind: 'record', expression, scope, constant: null };
    const meaning = this.#values.meaningOfName(expression, scope);
    return meaning.kind === 'record' && (expression.kind === 'name' || expression.kind === 'member')
      ? { ...meaning, constant: this.#values.textOf(expression.span) }
      : null;
  }

  #spelled(argument: string, value: Value): Value {
    if (value.kind === 'string')
      return { kind: 'string', value: this.#dialect.text(argument, value.value) };
    if (value.kind === 'list')
      return { kind: 'list', items: value.items.map((item) => this.#spelled(argument, item)) };
    return value;
  }
}
