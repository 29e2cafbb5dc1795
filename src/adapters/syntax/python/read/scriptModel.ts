import type { PythonModule, Statement } from '../code/tree.ts';
import type { MaybeBuilder } from './candidates.ts';
import type { Interpreter } from './interpreter.ts';
import type { ModelDraft } from './py.ts';
import type { Scope } from './scope.ts';

/** A model that a script makes outside any function. */
interface ScriptModel {
  readonly candidate: MaybeBuilder;
  readonly model: ModelDraft;
}

/** A file that was run, and what its names stand for then. */
interface Run {
  readonly interpreter: Interpreter;
  readonly scope: Scope;
}

/**
 * The model that stands at the top of a script: the one that is compiled, else the last one, else
 * (PyTorch) a layer that is trained by itself. The builder is what lies between its first layer and
 * its last statement.
 */
export function scriptModel(module: PythonModule, run: Run): ScriptModel | null {
  const { ledger } = run.interpreter;
  const top = module.statements.flatMap(flattened);
  const models = ledger.made.flatMap((one) => (one.kind === 'model' ? [one.model] : []));
  const atTop = models.filter(({ statement }) => top.includes(statement));
  const compiled = atTop.filter(({ compile }) => compile !== null);
  const model = compiled.at(-1) ?? atTop.at(-1) ?? loneLayer(module, run, top);
  if (!model) return null;
  const name = nameOf(model.statement);
  const starts = [
    model.statement.span.start,
    ...ledger.layers
      .filter(({ draft }) => draft.call !== null && top.includes(draft.statement))
      .map(({ draft }) => draft.statement.span.start),
    ...model.items.flatMap(({ value }) =>
      value.kind === 'layer' && top.includes(value.draft.statement)
        ? [value.draft.statement.span.start]
        : [],
    ),
  ];
  const ends = [
    model.statement.span.end,
    ...(model.compile && top.includes(model.compile.statement)
      ? [model.compile.statement.span.end]
      : []),
    ...model.items.flatMap(({ site }) => (site.kind === 'add' ? [site.statement.span.end] : [])),
  ];
  const span = { start: Math.min(...starts), end: Math.max(...ends) };
  const candidate: MaybeBuilder = {
    name,
    kind: 'script',
    span,
    bodySpan: span,
    topLevel: { start: span.start, end: span.end },
    statement: null,
    owner: null,
    outer: null,
    isModel: true,
  };
  return { candidate, model };
}

/** `model = nn.Linear(1, 1)` in a script that steps backward: a model of one layer. */
function loneLayer(
  { text }: PythonModule,
  { interpreter, scope }: Run,
  top: readonly Statement[],
): ModelDraft | undefined {
  const layers = [...scope.own().values()].flatMap((value) =>
    value.kind === 'layer' && top.includes(value.draft.statement) ? [value] : [],
  );
  const value = layers.at(-1);
  if (value?.draft.framework !== 'torch' || !/\.backward\s*\(/.test(text)) return undefined;
  const { statement } = value.draft;
  const items = [{ value, site: { kind: 'elsewhere' } as const }];
  return interpreter.ledger.newModel('sequential', { framework: 'torch', statement, items });
}

/** Statements at the top of the file, those in `if`, `with` and loops too. */
function flattened(statement: Statement): readonly Statement[] {
  switch (statement.kind) {
    case 'if':
      return statement.branches.flatMap(({ body }) => body.flatMap(flattened));
    case 'block':
    case 'for':
    case 'while':
      return statement.body.flatMap(flattened);
    default:
      return [statement];
  }
}

function nameOf(statement: Statement): string {
  const [target] = statement.kind === 'assign' ? statement.targets : [];
  return target?.kind === 'name' ? target.name : 'model';
}
