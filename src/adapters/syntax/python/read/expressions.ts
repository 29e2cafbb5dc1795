import type { Argument, Call, Expression } from '../code/tree.ts';
import { combined, decided, itemAt, keyOf, sliced } from './constants.ts';
import type { Follow } from './follow.ts';
import { Scope } from './scope.ts';
import { constant, listOf, numberIn, tensorsIn, truth, unknown } from './values.ts';
import { iterated } from './iteration.ts';
import type { Py, GivenValue, Given } from './py.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** Says what expressions stand for. */
export class ExpressionFollower {
  readonly #follow: Follow;

  constructor(follow: Follow) {
    this.#follow = follow;
  }

  evaluate(expression: Expression, scope: Scope): Py {
    switch (expression.kind) {
      case 'constant':
        return constant(expression.value);
      case 'name':
        return scope.read(expression.name);
      case 'attribute':
        return this.#attribute(expression, scope);
      case 'call':
        return this.#call(expression, scope);
      case 'sequence':
        return listOf(this.#items(expression.items, scope), expression.form);
      case 'group':
        return this.evaluate(expression.inner, scope);
      case 'binary':
        return this.#binary(expression, scope);
      case 'subscript':
        return this.#subscript(expression, scope);
      default:
        return this.#rare(expression, scope);
    }
  }

  /** Gives what stands on the left of `=` a value. */
  assign(target: Expression, value: Py, scope: Scope): void {
    switch (target.kind) {
      case 'name':
        return scope.assign(target.name, value);
      case 'group':
        return this.assign(target.inner, value, scope);
      case 'attribute': {
        const object = this.evaluate(target.object, scope);
        if (object.kind === 'instance') object.attributes.set(target.name, value);
        return;
      }
      case 'subscript':
        return this.#assignItem(target, value, scope);
      case 'sequence':
        return this.#unpack(target.items, value, scope);
      default:
        return;
    }
  }

  #rare(expression: Expression, scope: Scope): Py {
    switch (expression.kind) {
      case 'dictionary':
        return this.#dictionary(expression, scope);
      case 'unary':
        return this.#unary(expression, scope);
      case 'choice':
        return this.#choice(expression, scope);
      case 'comprehension':
        return this.#comprehension(expression, scope);
      case 'lambda':
        return {
          kind: 'function',
          name: 'lambda',
          code: expression.code,
          scope,
          self: null,
          owner: null,
          role: 'plain',
        };
      case 'format':
        return this.#format(expression, scope);
      default:
        return this.#unclear(expression, scope);
    }
  }

  #unclear(expression: Expression, scope: Scope): Py {
    const parts = expression.kind === 'other' ? expression.parts : [];
    for (const part of parts) this.evaluate(part, scope);
    return unknown(this.#follow.reader.slice(expression));
  }

  #items(items: readonly Expression[], scope: Scope): Py[] {
    return items.flatMap((item) => {
      if (item.kind !== 'starred') return [this.evaluate(item, scope)];
      const value = this.evaluate(item.value, scope);
      return iterated(value) ?? [unknown(this.#follow.reader.slice(item))];
    });
  }

  #attribute(expression: Of<'attribute'>, scope: Scope): Py {
    const object = this.evaluate(expression.object, scope);
    return this.#follow.attribute(object, expression.name, this.#follow.reader.slice(expression));
  }

  #call(call: Call, scope: Scope): Py {
    if (call.callee.kind === 'name' && call.callee.name === 'super') return superOf(call, scope);
    const callee = this.evaluate(call.callee, scope);
    return this.#follow.call(callee, { call, given: this.given(call.arguments, scope) });
  }

  given(args: readonly Argument[], scope: Scope): Given {
    const positional: GivenValue[] = [];
    const named = new Map<string, GivenValue>();
    for (const argument of args) {
      const value = this.evaluate(argument.value, scope);
      if (argument.stars === 1)
        positional.push(...(iterated(value) ?? []).map((item) => ({ value: item, argument })));
      for (const [name, item] of namedBy(argument, value))
        named.set(name, { value: item, argument });
      if (argument.stars === 0 && argument.name === null) positional.push({ value, argument });
    }
    return { positional, named };
  }

  #binary(expression: Of<'binary'>, scope: Scope): Py {
    const { operator } = expression;
    const left = this.evaluate(expression.left, scope);
    if (operator === 'and' || operator === 'or') return this.#logical(expression, left, scope);
    const right = this.evaluate(expression.right, scope);
    const tensors = [...tensorsIn(left), ...tensorsIn(right)];
    if (left.kind === 'tensor' || right.kind === 'tensor')
      return this.#onTensors(expression, [left, right], tensors);
    return combined(operator, left, right) ?? unknown(this.#follow.reader.slice(expression));
  }

  #logical(expression: Of<'binary'>, left: Py, scope: Scope): Py {
    const side = decided(expression.operator, left);
    if (side === 'left') return left;
    const right = this.evaluate(expression.right, scope);
    if (side === 'right') return right;
    const settled = truth(right) === (expression.operator === 'or');
    return settled ? right : unknown(this.#follow.reader.slice(expression));
  }

  /** `a + b` on tensors is an `add` layer; with anything else it is an operation. */
  #onTensors(
    { span, operator }: Of<'binary'>,
    sides: readonly [Py, Py],
    tensors: readonly number[],
  ): Py {
    const { ledger } = this.#follow;
    const [left, right] = sides;
    if (COMPARISONS.has(operator))
      return operator.startsWith('is') && (left.kind === 'constant' || right.kind === 'constant')
        ? constant(operator === 'is not')
        : unknown(`a comparison (\`${operator}\`)`);
    const first = ledger.layers[tensors[0] ?? -1]?.draft.framework ?? 'keras';
    const type = MERGES[operator];
    if (type === undefined || left.kind !== 'tensor' || right.kind !== 'tensor')
      return ledger.operation(operator, tensors, { span, framework: first });
    const draft = ledger.draft(first, { type, span, call: null, arguments: [] });
    return ledger.place(draft, tensors, ledger.applied(span, null));
  }

  #subscript(expression: Of<'subscript'>, scope: Scope): Py {
    const object = this.evaluate(expression.object, scope);
    const [index, ...others] = expression.index;
    const text = this.#follow.reader.slice(expression);
    if (object.kind === 'tensor') {
      const framework = this.#follow.ledger.layers[object.layer]?.draft.framework ?? 'keras';
      const { span } = expression;
      return this.#follow.ledger.operation('slice', [object.layer], { span, framework });
    }
    if (!index || others.length > 0) return unknown(text);
    if (index.kind === 'slice') {
      const bounds = index.bounds.map((bound) =>
        bound ? numberIn(this.evaluate(bound, scope)) : null,
      );
      return sliced(asList(object), bounds) ?? unknown(text);
    }
    return this.#item(object, this.evaluate(index, scope)) ?? unknown(text);
  }

  #item(object: Py, index: Py): Py | null {
    if (object.kind === 'dictionary') return object.entries.get(keyOf(index) ?? '') ?? null;
    const at = numberIn(index);
    return at === null ? null : itemAt(asList(object), at);
  }

  #assignItem(target: Of<'subscript'>, value: Py, scope: Scope): void {
    const object = this.evaluate(target.object, scope);
    const [index] = target.index;
    const at = index ? this.evaluate(index, scope) : null;
    if (!at) return;
    if (object.kind === 'dictionary') object.entries.set(keyOf(at) ?? '', value);
    const place = numberIn(at);
    if (object.kind === 'list' && place !== null)
      object.items[place < 0 ? object.items.length + place : place] = value;
  }

  /** `a, *b = value`; of one tensor, every name gets it. */
  #unpack(targets: readonly Expression[], value: Py, scope: Scope): void {
    const items = iterated(value) ?? [];
    const star = targets.findIndex(({ kind }) => kind === 'starred');
    const spare = star < 0 ? 0 : items.length - targets.length;
    const missing = (target: Expression): Py =>
      value.kind === 'tensor' ? value : unknown(this.#follow.reader.slice(target));
    for (const [index, target] of targets.entries()) {
      if (target.kind === 'starred')
        this.assign(target.value, listOf(items.slice(index, index + spare + 1)), scope);
      else
        this.assign(target, items[index > star ? index + spare : index] ?? missing(target), scope);
    }
  }

  #dictionary(expression: Of<'dictionary'>, scope: Scope): Py {
    const entries = new Map<string, Py>();
    for (const { key, value } of expression.entries) {
      const read = this.evaluate(value, scope);
      if (key) entries.set(keyOf(this.evaluate(key, scope)) ?? '', read);
      else if (read.kind === 'dictionary')
        for (const [name, item] of read.entries) entries.set(name, item);
    }
    return { kind: 'dictionary', entries };
  }

  #unary(expression: Of<'unary'>, scope: Scope): Py {
    const operand = this.evaluate(expression.operand, scope);
    const text = this.#follow.reader.slice(expression);
    if (expression.operator === 'not') {
      const known = truth(operand);
      return known === null ? unknown(text) : constant(!known);
    }
    if (operand.kind === 'tensor') {
      const framework = this.#follow.ledger.layers[operand.layer]?.draft.framework ?? 'keras';
      const { span } = expression;
      return this.#follow.ledger.operation('negative', [operand.layer], { span, framework });
    }
    const number = numberIn(operand);
    if (number === null) return unknown(text);
    return constant(expression.operator === '-' ? -number : number);
  }

  /** Where the condition is not known, the first value counts unless it is `None`. */
  #choice(expression: Of<'choice'>, scope: Scope): Py {
    const known = truth(this.evaluate(expression.condition, scope));
    if (known !== null) return this.evaluate(known ? expression.then : expression.otherwise, scope);
    return this.#follow.ledger.uncertainly(() => {
      const then = this.evaluate(expression.then, scope);
      if (then.kind === 'constant' && expression.otherwise.kind !== 'constant')
        return this.evaluate(expression.otherwise, scope);
      return then.kind === 'constant' ? unknown(this.#follow.reader.slice(expression)) : then;
    });
  }

  #comprehension(expression: Of<'comprehension'>, scope: Scope): Py {
    const found: Py[][] = [];
    const inner = new Scope(scope);
    const known = this.#loop(expression, 0, inner, () => {
      found.push(expression.element.map((part) => this.evaluate(part, inner)));
    });
    if (!known) return this.#unknownComprehension(expression, inner);
    if (expression.form === 'list') return listOf(found.flatMap(([item]) => item ?? []));
    const entries = new Map<string, Py>();
    for (const [key, value] of found) if (key && value) entries.set(keyOf(key) ?? '', value);
    return { kind: 'dictionary', entries };
  }

  /** How many there are is not known: one, of which it is not known whether it is there. */
  #unknownComprehension(expression: Of<'comprehension'>, inner: Scope): Py {
    const { ledger, reader } = this.#follow;
    const before = ledger.drafts;
    const one = ledger.uncertainly(() => {
      for (const { target } of expression.loops)
        this.assign(target, unknown(reader.slice(target)), inner);
      return expression.element.map((part) => this.evaluate(part, inner));
    });
    if (ledger.drafts === before) return unknown(reader.slice(expression));
    const loop = expression.loops[0]?.iterable;
    const over = loop ? reader.slice(loop) : '';
    ledger.obstacle(expression.span, `how often the loop over \`${over}\` runs is not known`);
    return listOf(one);
  }

  #loop(expression: Of<'comprehension'>, depth: number, scope: Scope, body: () => void): boolean {
    const loop = expression.loops[depth];
    if (!loop) {
      body();
      return true;
    }
    const items = iterated(this.evaluate(loop.iterable, scope));
    if (!items || items.length > 512) return false;
    return items.every((item) => {
      this.assign(loop.target, item, scope);
      const wanted = loop.conditions.every((it) => truth(this.evaluate(it, scope)) !== false);
      return !wanted || this.#loop(expression, depth + 1, scope, body);
    });
  }

  #format(expression: Of<'format'>, scope: Scope): Py {
    const parts = expression.parts.map((part) => this.evaluate(part, scope));
    const texts = parts.map((part) => (part.kind === 'constant' ? String(part.value) : null));
    return texts.includes(null)
      ? unknown(this.#follow.reader.slice(expression))
      : constant(texts.join(''));
  }
}

/** What `name=value` and `**values` hand over. */
function namedBy({ name, stars }: Argument, value: Py): Iterable<readonly [string, Py]> {
  if (stars === 2) return value.kind === 'dictionary' ? value.entries : [];
  return name === null ? [] : [[name, value]];
}

const MERGES: Readonly<Record<string, string>> = { '+': 'add', '*': 'multiply', '-': 'subtract' };

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not']);

/** A sequential model can be indexed like the list of its layers. */
const asList = (value: Py): Py =>
  value.kind === 'model' && value.model.kind === 'sequential'
    ? listOf(value.model.items.map((item) => item.value))
    : value;

/** `super()` or `super(Name, self)` inside a method. */
function superOf(call: Call, scope: Scope): Py {
  const behind = scope.read('__class__');
  const self = scope.read('__self__');
  return self.kind === 'instance' && behind.kind === 'class'
    ? { kind: 'super', self, behind }
    : unknown(`super(${call.arguments.length > 0 ? '…' : ''})`);
}
