import type { CallExpression, Expression } from '../code/code.ts';
import { givenTo } from './codeFollower.ts';
import type { CodeFollower } from './codeFollower.ts';
import { tensorsOf } from './followModels.ts';
import { uncertainCall } from './followUncertain.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

/** Follows calls of what is not in this file. */
export class ForeignFollower {
  readonly #follower: CodeFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
  }

  /** A call of what is not in this file: on a tensor it is taken for a layer. */
  call(call: CallExpression, callee: Meaning, scope: Scope): Meaning {
    const { callee: written } = call;
    const name = calledName(written);
    if (name === 'super') return this.#super(call, callee, scope);
    const [first] = this.#tensorsGiven(call, scope);
    if (!first || /^(console|JSON|tfvis)\b/.test(this.#follower.values.textOf(written.span)))
      return uncertainCall(this.#follower, call, scope);
    if (/^(assert|expect|ensure|check|as)[A-Z]/.test(name)) return first;
    const isApply = name === this.#follower.dialect.applyMethod || name === 'predict';
    const made = isApply && written.kind === 'member' ? written.object : written;
    const type = lastWord(this.#follower.values.textOf(made.span));
    return this.#foreign(call, type, tensorsOf(first) ?? []);
  }

  /** Arguments that are tensors, or lists of them. */
  #tensorsGiven(call: CallExpression, scope: Scope): Meaning[] {
    const isTensor = (meaning: Meaning): boolean => (tensorsOf(meaning) ?? []).length > 0;
    return givenTo(this.#follower, call, scope).filter(isTensor);
  }

  /** One layer for all that code elsewhere does with a tensor. */
  #foreign(call: CallExpression, type: string, inputs: readonly number[]): Meaning {
    const { ledger } = this.#follower;
    ledger.missed(call.span, `\`${type}\` is not made in this file`);
    const draft = ledger.draft({ type, span: call.span, call: null, arguments: [] });
    const input = call.arguments[0]?.value ?? null;
    return ledger.uncertainly(() =>
      ledger.place(draft, inputs, ledger.applySite(call.span, input)),
    );
  }

  #super(call: CallExpression, callee: Meaning, scope: Scope): Meaning {
    const self = scope.find('this')?.meaning;
    const args = givenTo(this.#follower, call, scope);
    if (
      callee.kind === 'object' &&
      self?.kind === 'object' &&
      callee.code !== self.code &&
      callee.code
    )
      this.#follower.constructParent(
        { kind: 'class', code: callee.code, scope: callee.scope },
        self,
        args,
      );
    return UNKNOWN;
  }
}

function calledName(callee: Expression): string {
  if (callee.kind === 'member') return callee.property;
  return callee.kind === 'name' ? callee.name : '';
}

const lastWord = (text: string): string =>
  /([\w$]+)[^\w$]*$/.exec(text.replace(/\([^]*$/, ''))?.[1] ?? 'layer';
