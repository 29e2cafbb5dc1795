import type { Expression } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import type { CodeFollower } from './codeFollower.ts';
import { truthOf } from './compute.ts';
import type { Meaning, Scope } from './scope.ts';

type Binary = Extract<Expression, { kind: 'binary' }>;
type Choice = Extract<Expression, { kind: 'choice' }>;

/** Follows operators: sums of tensors, and those that decide which side counts. */
export class OperatorFollower {
  readonly #follower: CodeFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
  }

  binary(expression: Binary, scope: Scope): Meaning {
    if (expression.operator === '&&') return this.#both(expression, scope);
    const left = this.#follower.evaluate(expression.left, scope);
    const right = this.#follower.evaluate(expression.right, scope);
    const compared = comparedWithNothing(expression.operator, left, right);
    if (compared) return compared;
    const inputs = layersIn([left, right]);
    if (inputs.length > 0) return this.#ofTensors(expression, left, inputs);
    return isFilledIn(expression.operator, left)
      ? left
      : this.#follower.values.compute(expression, scope);
  }

  #ofTensors({ operator, span }: Binary, left: Meaning, inputs: readonly number[]): Meaning {
    if (isFilledIn(operator, left)) return left;
    if (operator === '+' && inputs.length === 2) return this.#sum(span, inputs);
    return this.#follower.ledger.lost(span, 'a sum of tensors is no layer');
  }

  /** `a + b` on tensors (Python) is an `add` layer. */
  #sum(span: Span, inputs: readonly number[]): Meaning {
    const { ledger } = this.#follower;
    const draft = ledger.draft({ type: 'add', span, call: null, arguments: [] });
    return ledger.place(draft, inputs, ledger.applySite(span, null));
  }

  /** `condition && model.add(…)`. */
  #both({ left, right }: Binary, scope: Scope): Meaning {
    const condition = this.#follower.evaluate(left, scope);
    const truth = truthOf(condition);
    if (truth === false) return condition;
    return truth
      ? this.#follower.evaluate(right, scope)
      : this.#follower.ledger.uncertainly(() => this.#follower.evaluate(right, scope));
  }

  choice(expression: Choice, scope: Scope): Meaning {
    const truth = truthOf(this.#follower.evaluate(expression.condition, scope));
    if (truth !== null)
      return this.#follower.evaluate(truth ? expression.then : expression.otherwise, scope);
    const ways = this.#follower.ledger.uncertainly(() =>
      [expression.then, expression.otherwise].map((way) => this.#follower.evaluate(way, scope)),
    );
    const [tensor] = ways.filter(({ kind }) => kind === 'tensor').toReversed();
    return tensor ?? asWritten(this.#follower, expression, scope);
  }
}

/** `x || byDefault` where `x` is there. */
const isFilledIn = (operator: string, left: Meaning): boolean =>
  /^(\|\||\?\?)$/.test(operator) && truthOf(left) === true;

/** `this.model === undefined` where there is one; `null` for any other comparison. */
function comparedWithNothing(operator: string, left: Meaning, right: Meaning): Meaning | null {
  const [other] = isNothing(left) ? [right] : isNothing(right) ? [left] : [];
  if (!other || !/^[!=]==?$/.test(operator) || !isThere(other)) return null;
  return { kind: 'value', value: { kind: 'boolean', value: operator.startsWith('!') } };
}

const isNothing = (meaning: Meaning): boolean =>
  meaning.kind === 'value' && meaning.value.kind === 'null';

const isThere = ({ kind }: Meaning): boolean =>
  /^(model|object|record|list|class|function|factory|tensor)$/.test(kind);

const layersIn = (parts: readonly Meaning[]): number[] =>
  parts.flatMap((part) => (part.kind === 'tensor' ? [part.layer] : []));

/** An expression that was not followed, by its text. */
export const asWritten = (follower: CodeFollower, item: Expression, scope: Scope): Meaning => ({
  kind: 'value',
  value: follower.values.read(item, scope).value,
});
