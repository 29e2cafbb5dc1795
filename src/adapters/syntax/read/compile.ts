import type { CompileCall, Optimizer } from '../../../model/architecture.ts';
import type { Value } from '../../../model/values.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import type { Lines } from './lines.ts';
import type { CompileDraft } from './drafts.ts';
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

const OPTIMIZERS = new Set(['adam', 'sgd', 'rmsprop', 'momentum', 'adamax', 'adagrad', 'adadelta']);

function optimizerOf(value: Value): Omit<Optimizer, 'range'> {
  if (value.kind === 'string') return { type: knownOptimizer(value.value), learningRate: null };
  if (value.kind !== 'call') return { type: 'other', learningRate: null };
  const rate = value.arguments.find(({ name }) => name === '0' || name === 'learningRate')?.value;
  const momentum = value.arguments.find(({ name }) => name === 'momentum')?.value;
  const type = knownOptimizer(value.callee.replace(/^train\./, ''));
  const moving = type === 'sgd' && momentum?.kind === 'number' && momentum.value !== 0;
  return {
    type: moving ? 'momentum' : type,
    learningRate: rate?.kind === 'number' ? rate.value : null,
  };
}

function knownOptimizer(name: string): string {
  const lower = name.toLowerCase();
  return OPTIMIZERS.has(lower) ? lower : 'other';
}
