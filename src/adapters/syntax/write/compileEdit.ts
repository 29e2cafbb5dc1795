import type { ArchitectureEdit, LossSpec, OptimizerSpec } from '../../../model/edits.ts';
import { optimizerHelper } from '../../../model/ownOptimizers/ownOptimizer.ts';
import { ownOptimizer } from '../../../model/ownOptimizers/ownOptimizers.ts';
import type { CallExpression, Expression, Statement } from '../code/code.ts';
import { cannotEditError } from '../errors.ts';
import { entryOf, setEntry } from './configuration.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import { insertHelper } from './helperEdit.ts';
import { indentAt, insertion, replacement } from './patch.ts';
import { numberText } from './printer.ts';
import type { Patch } from './patch.ts';
import { insertAfterStatement, insertBeforeStatement } from './statements.ts';

type SetCompile = Extract<ArchitectureEdit, { kind: 'setCompile' }>;

/** Changes the builder's `compile` call, or writes one. */
export function setCompile(context: EditContext, edit: SetCompile): readonly Patch[] {
  const { compile } = context.reading;
  const helper = helpersOf(context, edit);
  if (!compile) return [...helper, ...newCompile(context, edit)];
  if (!compile.editable)
    throw cannotEditError('`compile` is called in a branch or a helper function');
  const optimizer = edit.optimizer ? setOptimizer(context, compile.call, edit.optimizer) : [];
  const loss = edit.loss
    ? setEntry(context, compile.call, 'loss', lossText(context, edit.loss))
    : [];
  return [...helper, ...optimizer, ...loss];
}

/** The functions that have to stand above the builder for it. */
function helpersOf(context: EditContext, { loss, optimizer }: SetCompile): readonly Patch[] {
  const own = optimizer ? ownOptimizer(optimizer.type) : null;
  return [
    ...(loss?.kind === 'helper' ? insertHelper(context, loss.helper) : []),
    ...(own ? insertHelper(context, optimizerHelper(own, 'tfjs')) : []),
  ];
}

const lossText = (context: EditContext, loss: LossSpec): string =>
  loss.kind === 'helper'
    ? loss.helper.name
    : context.printer.value({ kind: 'string', value: loss.name });

/**
 * Changes the learning rate alone where the optimiser stays the same, so that its other settings
 * stay too.
 */
function setOptimizer(
  context: EditContext,
  call: CallExpression,
  spec: OptimizerSpec,
): readonly Patch[] {
  const entry = entryOf(call, 'optimizer');
  const written = entry ? unwrap(entry.value) : null;
  const inPlace = written ? unwrap(context.localConstant(written)?.value ?? written) : null;
  const isSame = context.reading.architecture.compile?.optimizer?.type === spec.type;
  const rate = isSame && inPlace?.kind === 'call' ? inPlace.arguments[0]?.value : undefined;
  if (!rate || rate.kind === 'object')
    return setEntry(context, call, 'optimizer', context.printer.optimizer(spec));
  const constant = context.localConstant(unwrap(rate));
  return [replacement(constant?.value.span ?? rate.span, numberText(spec.learningRate))];
}

/**
 * `model.compile(…)` in front of the `return`; a model that is returned at once gets a name first.
 */
function newCompile(context: EditContext, edit: SetCompile): readonly Patch[] {
  const { model, host } = context.reading;
  if (!model) throw cannotEditError('the model that the builder returns cannot be followed');
  if (host.result) return [intoBlock(context, host.result, edit)];
  const last = host.body.findLast(({ kind }) => kind === 'return');
  if (last?.kind !== 'return' || !last.value) return behindModel(context, edit);
  const value = unwrap(last.value);
  if (value.kind === 'name')
    return [
      insertBeforeStatement(
        context.text,
        last.span,
        compileLines(context, value.name, {
          edit,
          indent: indentAt(context.text, last.span.start),
        }),
      ),
    ];
  if (value !== model.call) return behindModel(context, edit);
  return namedModel(context, { statement: last.span, value: last.value }, edit);
}

/** Behind the last statement that puts the model together: `model.compile(…)`. */
function behindModel(context: EditContext, edit: SetCompile): readonly Patch[] {
  const { model, layers } = context.reading;
  const name = model && modelName(context, model.statement);
  if (!model || name === null)
    throw cannotEditError('the builder neither returns the model nor keeps it under a name');
  const adds = layers.flatMap(({ site }) => (site.kind === 'add' ? [site.statement.span] : []));
  const last = [model.statement.span, ...adds].toSorted((a, b) => a.end - b.end).at(-1);
  const span = last ?? model.statement.span;
  const indent = indentAt(context.text, span.start);
  return [insertAfterStatement(context.text, span, compileLines(context, name, { edit, indent }))];
}

/** `model` or `this.model`; `null` where the model is kept under no name. */
function modelName(context: EditContext, statement: Statement): string | null {
  if (statement.kind === 'declare')
    return statement.pattern.kind === 'name' ? statement.pattern.name : null;
  const set = statement.kind === 'expression' ? statement.value : null;
  return set?.kind === 'set' ? `${context.slice(set.object.span)}.${set.property}` : null;
}

/**
 * `return tf.sequential(…);` → `const model = tf.sequential(…);`, `model.compile(…);`, `return
 * model;`.
 */
function namedModel(
  context: EditContext,
  { statement, value }: { statement: { start: number; end: number }; value: Expression },
  edit: SetCompile,
): readonly Patch[] {
  const name = context.freshName('model');
  const indent = indentAt(context.text, statement.start);
  const { semicolon } = context.style;
  const lines = [...compileLines(context, name, { edit, indent }), `return ${name}${semicolon}`]
    .map((line) => `\n${indent}${line}`)
    .join('');
  return [
    replacement({ start: statement.start, end: value.span.start }, `const ${name} = `),
    insertion(statement.end, lines),
  ];
}

/** An arrow function's expression becomes a block. */
function intoBlock(context: EditContext, result: Expression, edit: SetCompile): Patch {
  const name = context.freshName('model');
  const outer = indentAt(context.text, result.span.start);
  const { indent: step, semicolon } = context.style;
  const indent = outer + step;
  const model = context
    .slice(result.span)
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? line : step + line))
    .join('\n');
  const lines = [
    `const ${name} = ${model}${semicolon}`,
    ...compileLines(context, name, { edit, indent }),
    `return ${name}${semicolon}`,
  ];
  return replacement(result.span, `{\n${lines.map((line) => indent + line).join('\n')}\n${outer}}`);
}

function compileLines(
  context: EditContext,
  model: string,
  { edit, indent }: { edit: SetCompile; indent: string },
): string[] {
  const { printer, style } = context;
  const optimizer = printer.optimizer(edit.optimizer ?? edit.fallback.optimizer);
  const loss = lossText(context, edit.loss ?? { kind: 'named', name: edit.fallback.loss });
  const config = printer.object([
    { name: 'optimizer', value: { kind: 'source', text: optimizer } },
    { name: 'loss', value: { kind: 'source', text: loss } },
  ]);
  const line = `${model}.compile(${config})${style.semicolon}`;
  if (indent.length + line.length <= 120) return [line];
  const comma = style.trailingComma ? ',' : '';
  return [
    `${model}.compile({`,
    `${style.indent}optimizer: ${optimizer},`,
    `${style.indent}loss: ${loss}${comma}`,
    `})${style.semicolon}`,
  ];
}
