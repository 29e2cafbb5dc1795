import type { Argument, CompileCall } from '../../../../model/architecture.ts';
import { spanKey } from '../../code/span.ts';
import type { Lines } from '../../read/lines.ts';
import { optimizerOf } from '../../read/optimizers.ts';
import type { CompileDraft } from './py.ts';
import type { TrainingDraft } from './reading.ts';
import type { Parts } from './readingParts.ts';

/** The model's own `compile`, else that of the script that trains it. */
export function compileOf({ outcome, script }: Parts): CompileDraft | null {
  if (outcome.model?.compile) return outcome.model.compile;
  const call = outcome.model?.call;
  const made = script.interpreter.ledger.made.map((one) => one.model);
  const same = made.filter(
    ({ call: other, compile }) =>
      compile !== null &&
      (call ? other !== null && spanKey(other.span) === spanKey(call.span) : false),
  );
  const compiled = made.filter(({ compile }) => compile !== null);
  const [only, ...others] = same.length > 0 ? same : compiled;
  return only && others.length === 0 ? only.compile : null;
}

/** What `compile` is called with. */
export function compileCall(draft: CompileDraft, { lines, builder }: Parts): CompileCall {
  const optimizer = draft.arguments.find(({ name }) => name === 'optimizer');
  const inside =
    draft.call.span.start >= builder.span.start && draft.call.span.end <= builder.span.end;
  return {
    range: lines.range(draft.call.span),
    optimizer: optimizer ? { ...optimizerOf(optimizer.value), range: optimizer.range } : null,
    loss: draft.arguments.find(({ name }) => name === 'loss')?.value ?? null,
    arguments: draft.arguments,
    ...(!inside && { elsewhere: '' }),
  };
}

/** PyTorch's optimiser and loss, as `compile` would say them. */
export function trainingCall(draft: TrainingDraft, lines: Lines): CompileCall {
  const range = lines.range(draft.optimizer.span);
  const rate = draft.optimizerArguments.find(({ name }) => name === 'learningRate')?.value;
  const args = draft.optimizerArguments.filter(({ name }) => name !== 'params');
  const optimizer: Argument = {
    name: 'optimizer',
    value: { kind: 'call', callee: `train.${draft.type}`, arguments: args },
    constant: null,
    range,
  };
  const loss: readonly Argument[] =
    draft.loss && draft.lossName
      ? [
          {
            name: 'loss',
            value: { kind: 'string', value: draft.lossName },
            constant: null,
            range: lines.range(draft.loss.span),
          },
        ]
      : [];
  return {
    range,
    optimizer: {
      ...optimizerOf(optimizer.value),
      learningRate: rate?.kind === 'number' ? rate.value : null,
      range,
    },
    loss: loss[0]?.value ?? null,
    arguments: [optimizer, ...loss],
    elsewhere: '',
  };
}
