import type { Value } from '../../../model/values.ts';
import type { CallExpression, Expression } from '../code/code.ts';
import { itemsOf, mathOf, operated, pickedSide, plainText, truthOf, valueOf } from './compute.ts';
import { joined } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** Says what names and sums of them stand for, without running anything that makes layers. */
export class Calculator {
  readonly #dialect: Dialect;
  readonly #written: (expression: Expression, scope: Scope) => Value;

  /** `written` gives the value of what cannot be computed. */
  constructor(dialect: Dialect, written: (expression: Expression, scope: Scope) => Value) {
    this.#dialect = dialect;
    this.#written = written;
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
      ? { kind: 'value', value: this.#written(value, scope) }
      : meaning;
  }

  #index(expression: Of<'index'>, scope: Scope): Meaning {
    const items = itemsOf(this.compute(expression.object, scope));
    const index = valueOf(this.compute(expression.index, scope));
    if (items && index?.kind === 'number') return items[index.value] ?? UNKNOWN;
    const object = this.compute(expression.object, scope);
    return index?.kind === 'string' ? this.#member(object, index.value) : UNKNOWN;
  }

  #binary({ operator, ...sides }: Of<'binary'>, scope: Scope): Meaning {
    const left = this.compute(sides.left, scope);
    const picked = pickedSide(operator, left);
    if (picked === 'left') return left;
    const right = this.compute(sides.right, scope);
    if (picked === 'right') return right;
    const [a, b] = [valueOf(left), valueOf(right)];
    const value = a && b ? operated(operator, a, b) : null;
    return value ? { kind: 'value', value } : UNKNOWN;
  }

  #unary(expression: Of<'unary'>, scope: Scope): Meaning {
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

  #choice(expression: Of<'choice'>, scope: Scope): Meaning {
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

  #wellKnown(name: string, scope: Scope): Meaning {
    const path = this.#dialect.wellKnown[name];
    if (path !== undefined) return { kind: 'runtime', path };
    const everything = scope.find('*')?.meaning;
    return everything?.kind === 'runtime'
      ? { kind: 'runtime', path: joined(everything.path, name) }
      : UNKNOWN;
  }
}
