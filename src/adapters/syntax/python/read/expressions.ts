import type { Argument, Call, Expression } from '../code/tree.ts';
import { comprehension } from './comprehensions.ts';
import { keyOf } from './constants.ts';
import type { Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import { binary, unary } from './operators.ts';
import type { Scope } from './scope.ts';
import { subscript } from './subscripts.ts';
import { constant, listOf, truth, unknown } from './values.ts';
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
        return binary(this.#follow, expression, scope);
      case 'subscript':
        return subscript(this.#follow, expression, scope);
      default:
        return this.#rare(expression, scope);
    }
  }

  #rare(expression: Expression, scope: Scope): Py {
    switch (expression.kind) {
      case 'dictionary':
        return this.#dictionary(expression, scope);
      case 'unary':
        return unary(this.#follow, expression, scope);
      case 'choice':
        return this.#choice(expression, scope);
      case 'comprehension':
        return comprehension(this.#follow, expression, scope);
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

/** `super()` or `super(Name, self)` inside a method. */
function superOf(call: Call, scope: Scope): Py {
  const behind = scope.read('__class__');
  const self = scope.read('__self__');
  return self.kind === 'instance' && behind.kind === 'class'
    ? { kind: 'super', self, behind }
    : unknown(`super(${call.arguments.length > 0 ? '…' : ''})`);
}
