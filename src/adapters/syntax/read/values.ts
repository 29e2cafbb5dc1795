import type { Argument, SourceRange } from '../../../model/architecture.ts';
import type { NamedValue, Value } from '../../../model/values.ts';
import type { CallArgument, CallExpression, Entry, Expression, Span } from '../code/code.ts';
import type { Lines } from './lines.ts';
import { joined } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { itemsOf, mathOf, operated, plainText, truthOf, valueOf } from './compute.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

/** A value and the constant it was read through. */
interface Read {
  readonly value: Value;
  readonly constant: string | null;
}

type Binary = Extract<Expression, { kind: 'binary' }>;

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
    switch (expression.kind) {
      case 'wrapped':
        return this.meaningOfName(expression.inner, scope);
      case 'name':
        return scope.find(expression.name)?.meaning ?? this.#wellKnown(expression.name, scope);
      case 'member':
        return this.#member(this.meaningOfName(expression.object, scope), expression.property);
      case 'index':
        return this.#index(expression, scope);
      default:
        return UNKNOWN;
    }
  }

  /** What an expression comes to without running anything that makes layers. */
  compute(expression: Expression, scope: Scope): Meaning {
    switch (expression.kind) {
      case 'literal':
        return { kind: 'value', value: expression.value };
      case 'wrapped':
        return this.compute(expression.inner, scope);
      case 'binary':
        return this.#binary(expression, scope);
      case 'unary':
        return this.#unary(expression, scope);
      case 'choice':
        return this.#choice(expression, scope);
      case 'template':
        return this.#template(expression.pieces, scope);
      case 'call':
        return this.#sum(expression, scope);
      default:
        return this.meaningOfName(expression, scope);
    }
  }

  #member(object: Meaning, property: string): Meaning {
    if (object.kind === 'runtime') return { kind: 'runtime', path: joined(object.path, property) };
    if (object.kind === 'object') return object.fields.get(property) ?? UNKNOWN;
    const items = property === 'length' ? itemsOf(object) : null;
    if (items) return { kind: 'value', value: { kind: 'number', value: items.length } };
    if (object.kind !== 'record') return UNKNOWN;
    const entry = object.expression.entries.findLast(({ key }) => key === property);
    return entry ? this.#entryMeaning(entry.value, object.scope) : UNKNOWN;
  }

  #entryMeaning(value: Expression, scope: Scope): Meaning {
    if (value.kind === 'object') return { kind: 'record', expression: value, scope };
    if (value.kind === 'function') return { kind: 'function', code: value.code, scope };
    const meaning = this.compute(value, scope);
    return meaning.kind === 'unknown' || meaning.kind === 'value'
      ? { kind: 'value', value: this.read(value, scope).value }
      : meaning;
  }

  #index(expression: Extract<Expression, { kind: 'index' }>, scope: Scope): Meaning {
    const items = itemsOf(this.compute(expression.object, scope));
    const index = valueOf(this.compute(expression.index, scope));
    if (items && index?.kind === 'number') return items[index.value] ?? UNKNOWN;
    const object = this.compute(expression.object, scope);
    return index?.kind === 'string' ? this.#member(object, index.value) : UNKNOWN;
  }

  #binary({ operator, ...sides }: Binary, scope: Scope): Meaning {
    const left = this.compute(sides.left, scope);
    const picked = pickedSide(operator, left);
    if (picked === 'left') return left;
    const right = this.compute(sides.right, scope);
    if (picked === 'right') return right;
    const [a, b] = [valueOf(left), valueOf(right)];
    const value = a && b ? operated(operator, a, b) : null;
    return value ? { kind: 'value', value } : UNKNOWN;
  }

  #unary(expression: Extract<Expression, { kind: 'unary' }>, scope: Scope): Meaning {
    const operand = this.compute(expression.operand, scope);
    const truth = truthOf(operand);
    if (expression.operator === '!')
      return truth === null
        ? UNKNOWN
        : { kind: 'value', value: { kind: 'boolean', value: !truth } };
    const value = valueOf(operand);
    if (value?.kind !== 'number' || expression.operator !== '-') return UNKNOWN;
    return { kind: 'value', value: { kind: 'number', value: -value.value } };
  }

  #choice(expression: Extract<Expression, { kind: 'choice' }>, scope: Scope): Meaning {
    const truth = truthOf(this.compute(expression.condition, scope));
    if (truth === null) return UNKNOWN;
    return this.compute(truth ? expression.then : expression.otherwise, scope);
  }

  #template(pieces: readonly (string | Expression)[], scope: Scope): Meaning {
    const texts = pieces.map((piece) => {
      if (typeof piece === 'string') return piece;
      const value = valueOf(this.compute(piece, scope));
      return value ? plainText(value) : null;
    });
    if (texts.includes(null)) return UNKNOWN;
    return { kind: 'value', value: { kind: 'string', value: texts.join('') } };
  }

  /** `Math.max(…)`, `Number(…)`. */
  #sum(call: CallExpression, scope: Scope): Meaning {
    const { callee } = call;
    const args = call.arguments.map(({ value }) => valueOf(this.compute(value, scope)));
    if (!args.every((one) => one !== null)) return UNKNOWN;
    const isMath =
      callee.kind === 'member' && callee.object.kind === 'name' && callee.object.name === 'Math';
    const value = isMath ? mathOf(callee.property, args) : null;
    return value ? { kind: 'value', value } : UNKNOWN;
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
    return meaning.kind === 'record' && (expression.kind === 'name' || expression.kind === 'member')
      ? { ...meaning, constant: this.#text.slice(expression.span.start, expression.span.end) }
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

  #constant(expression: Expression, scope: Scope): Read | null {
    const value = valueOf(this.compute(expression, scope));
    const constant = this.#text.slice(expression.span.start, expression.span.end);
    return value && { value, constant };
  }

  #list(items: readonly Expression[], scope: Scope): Read | null {
    if (items.some((item) => item.kind === 'other' || item.kind === 'spread')) return null;
    return {
      value: { kind: 'list', items: items.map((item) => this.read(item, scope).value) },
      constant: null,
    };
  }

  #arithmetic(expression: Extract<Expression, { kind: 'binary' }>, scope: Scope): Read | null {
    const value = valueOf(this.compute(expression, scope));
    const left = this.#interpreted(expression.left, scope);
    const right = this.#interpreted(expression.right, scope);
    return value && { value, constant: left?.constant ?? right?.constant ?? null };
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

/** Which side `&&`, `||` or `??` gives; `null` for other operators, and where it cannot be told. */
function pickedSide(operator: string, left: Meaning): 'left' | 'right' | null {
  const truth = truthOf(left);
  if (operator === '??') return nullishSide(left);
  if (truth === null) return null;
  if (operator === '&&') return truth ? 'right' : 'left';
  if (operator !== '||') return null;
  return truth ? 'left' : 'right';
}

function nullishSide(left: Meaning): 'left' | 'right' | null {
  const value = valueOf(left);
  return value && (value.kind === 'null' ? 'right' : 'left');
}
