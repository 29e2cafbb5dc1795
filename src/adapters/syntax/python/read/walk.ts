import type { Call, Expression, Statement } from '../code/tree.ts';

/** The expressions that stand directly in a statement, and the statements inside it. */
function partsOf(statement: Statement): {
  readonly expressions: readonly (Expression | null)[];
  readonly statements: readonly Statement[];
} {
  switch (statement.kind) {
    case 'assign':
      return { expressions: [...statement.targets, statement.value], statements: [] };
    case 'augment':
      return { expressions: [statement.target, statement.value], statements: [] };
    case 'expression':
    case 'return':
      return { expressions: [statement.value], statements: [] };
    case 'function':
      return { expressions: [...statement.decorators], statements: statement.code.body };
    case 'class':
      return { expressions: statement.bases.map(({ value }) => value), statements: statement.body };
    case 'if':
      return {
        expressions: statement.branches.map(({ condition }) => condition),
        statements: statement.branches.flatMap(({ body }) => body),
      };
    case 'for':
      return {
        expressions: [statement.target, statement.iterable],
        statements: [...statement.body, ...statement.otherwise],
      };
    case 'while':
      return { expressions: [statement.condition], statements: statement.body };
    case 'block':
      return {
        expressions: statement.heads.flatMap(({ value, target }) => [value, target]),
        statements: statement.body,
      };
    default:
      return { expressions: [], statements: [] };
  }
}

/** The expressions directly inside an expression. */
function inside(expression: Expression): readonly (Expression | null)[] {
  switch (expression.kind) {
    case 'attribute':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.arguments.map(({ value }) => value)];
    case 'sequence':
      return expression.items;
    case 'subscript':
      return [expression.object, ...expression.index];
    case 'slice':
      return expression.bounds;
    case 'dictionary':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'binary':
      return [expression.left, expression.right];
    case 'unary':
      return [expression.operand];
    case 'choice':
      return [expression.condition, expression.then, expression.otherwise];
    case 'comprehension':
      return [
        ...expression.element,
        ...expression.loops.flatMap((it) => [it.target, it.iterable, ...it.conditions]),
      ];
    case 'lambda':
      return [expression.code.result];
    case 'starred':
      return [expression.value];
    case 'group':
      return [expression.inner];
    case 'format':
    case 'other':
      return expression.parts;
    default:
      return [];
  }
}

/** Every expression inside a statement, in order. */
export function expressionsIn(statement: Statement): readonly Expression[] {
  const { expressions, statements } = partsOf(statement);
  return [...expressions.flatMap(allIn), ...statements.flatMap(expressionsIn)];
}

/** Every expression inside one, itself included. */
function allIn(expression: Expression | null): readonly Expression[] {
  return expression ? [expression, ...inside(expression).flatMap(allIn)] : [];
}

/** Every call inside a statement. */
export const callsIn = (statement: Statement): readonly Call[] =>
  expressionsIn(statement).flatMap((expression) =>
    expression.kind === 'call' ? [expression] : [],
  );
