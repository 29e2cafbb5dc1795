import type { CompileCall } from '../../../model/architecture.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import type { Lines } from './lines.ts';
import type { CompileDraft } from './drafts.ts';
import { optimizerOf } from './optimizers.ts';
import type { Scope } from './scope.ts';
import type { ValueReader } from './values.ts';

interface Place {
  readonly values: ValueReader;
  readonly lines: Lines;
  readonly scope: Scope;
}

/** The file's own `compile`, where the builder does not call one; `null` without any. */
export function compileElsewhere(module: ModuleCode, builder: BuilderCode): CompileDraft | null {
  const outside = module.compiles.filter(
    ({ span }) => span.start < builder.span.start || span.end > builder.span.end,
  );
  const [first] = outside;
  if (!first) return null;
  return { call: first.call, editable: true, frame: null, elsewhere: first };
}

/** What `compile` is called with. */
export function readCompile(draft: CompileDraft, { values, lines, scope }: Place): CompileCall {
  const args = values.arguments(draft.call, 'compile', scope);
  const optimizer = args.find(({ name }) => name === 'optimizer');
  return {
    range: lines.range(draft.call.span),
    optimizer: optimizer ? { ...optimizerOf(optimizer.value), range: optimizer.range } : null,
    loss: args.find(({ name }) => name === 'loss')?.value ?? null,
    arguments: args,
    ...(draft.elsewhere && { elsewhere: draft.elsewhere.inside ?? '' }),
  };
}
