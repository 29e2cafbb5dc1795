import type { CallExpression, Expression } from '../code/code.ts';
import type { CodeFollower } from './codeFollower.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';

/** A call that is not understood: what is inside it may run or not. */
export function uncertainCall(follower: CodeFollower, call: CallExpression, scope: Scope): Meaning {
  return perhapsTensor(follower, () => {
    for (const { value } of call.arguments) {
      const meaning = follower.evaluate(value, scope);
      if (meaning.kind === 'function') follower.inlined(meaning, [UNKNOWN, UNKNOWN]);
      if (meaning.kind === 'model') loseModel(follower, meaning, call);
    }
  });
}

/** Expressions inside one that is not understood. */
export function uncertainParts(
  follower: CodeFollower,
  parts: readonly Expression[],
  scope: Scope,
): Meaning {
  return perhapsTensor(follower, () => {
    for (const part of parts) follower.evaluate(part, scope);
  });
}

/** The last layer that was put together on the way, where there is one. */
function perhapsTensor({ ledger }: CodeFollower, follow: () => void): Meaning {
  const before = ledger.layers.length;
  ledger.uncertainly(follow);
  return ledger.layers.length > before
    ? { kind: 'tensor', layer: ledger.layers.length - 1 }
    : UNKNOWN;
}

/** A function that is not here gets the model: what it does with it cannot be followed. */
function loseModel(
  { values, ledger }: CodeFollower,
  { model }: Extract<Meaning, { kind: 'model' }>,
  call: CallExpression,
): void {
  const word = values.textOf(call.callee.span).slice(0, 60);
  if (/^(console|JSON|tfvis|show|log|expect|print|setModel)/.test(word)) return;
  model.followed = false;
  ledger.missed(call.span, `\`${word}(…)\` is given the model`);
}
