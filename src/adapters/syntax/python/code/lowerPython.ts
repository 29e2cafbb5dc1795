import type { Node } from 'web-tree-sitter';
import { childrenOf, spanOf } from '../../code/nodes.ts';
import { ExpressionLowering } from './lowerExpressions.ts';
import type {
  AssignStatement,
  ClassStatement,
  Expression,
  FunctionStatement,
  ImportBinding,
  PythonModule,
  Statement,
} from './tree.ts';

/** Lowers a Python file. */
export function lowerPythonModule(root: Node, text: string): PythonModule {
  const statements = new StatementLowering(text).all(root);
  return { text, statements, comments: root.descendantsOfType('comment').map(spanOf) };
}

type Lower = (node: Node) => readonly Statement[];

class StatementLowering {
  readonly #expressions: ExpressionLowering;

  constructor(text: string) {
    this.#expressions = new ExpressionLowering(text);
  }

  all(node: Node | null): readonly Statement[] {
    return node === null ? [] : childrenOf(node).flatMap((child) => this.#lower(child));
  }

  #lower(node: Node): readonly Statement[] {
    return (this.#table[node.type] ?? (() => [{ kind: 'other', span: spanOf(node) }]))(node);
  }

  #expression(node: Node | null | undefined): Expression | null {
    return node ? this.#expressions.lower(node) : null;
  }

  readonly #expressionStatement: Lower = (node) => {
    const [inner, ...others] = childrenOf(node);
    const span = spanOf(node);
    if (!inner) return [{ kind: 'other', span }];
    if (others.length > 0)
      return [{ kind: 'expression', span, value: this.#expressions.lower(node) }];
    if (inner.type === 'assignment') return [this.#assignment(inner, span)];
    const left = inner.childForFieldName('left');
    const right = inner.childForFieldName('right');
    if (inner.type === 'augmented_assignment' && left && right) {
      const operator = (inner.childForFieldName('operator')?.type ?? '').replace(/=$/, '');
      const target = this.#expressions.lower(left);
      const value = this.#expressions.lower(right);
      return [{ kind: 'augment', span, target, operator, value }];
    }
    return [{ kind: 'expression', span, value: this.#expressions.lower(inner) }];
  };

  #assignment(node: Node, span: AssignStatement['span']): AssignStatement {
    const targets: Expression[] = [];
    let at: Node | null = node;
    let value: Node | null = null;
    while (at?.type === 'assignment') {
      const left = at.childForFieldName('left');
      if (left) targets.push(this.#expressions.lower(left));
      value = at.childForFieldName('right');
      at = value;
    }
    return { kind: 'assign', span, targets, value: this.#expression(value) };
  }

  readonly #if: Lower = (node) => {
    const branch = (part: Node, body: Node | null) => ({
      condition: this.#expression(part.childForFieldName('condition')),
      body: this.all(body),
    });
    const branches = [branch(node, node.childForFieldName('consequence'))];
    for (const child of childrenOf(node)) {
      if (child.type === 'elif_clause')
        branches.push(branch(child, child.childForFieldName('consequence')));
      if (child.type === 'else_clause') branches.push(branch(child, bodyOf(child)));
    }
    return [{ kind: 'if', span: spanOf(node), branches }];
  };

  readonly #for: Lower = (node) => {
    const target = this.#expression(node.childForFieldName('left'));
    const iterable = this.#expression(node.childForFieldName('right'));
    if (!target || !iterable) return [{ kind: 'other', span: spanOf(node) }];
    const body = this.all(node.childForFieldName('body'));
    const last = childrenOf(node).find((child) => child.type === 'else_clause');
    const otherwise = this.all(last ? bodyOf(last) : null);
    return [{ kind: 'for', span: spanOf(node), target, iterable, body, otherwise }];
  };

  readonly #while: Lower = (node) => {
    const condition = this.#expression(node.childForFieldName('condition'));
    if (!condition) return [{ kind: 'other', span: spanOf(node) }];
    const body = this.all(node.childForFieldName('body'));
    return [{ kind: 'while', span: spanOf(node), condition, body }];
  };

  readonly #with: Lower = (node) => {
    const heads = node.descendantsOfType('with_item').flatMap((item) => {
      const value = item.childForFieldName('value');
      if (!value || item.startIndex >= (bodyOf(node)?.startIndex ?? Infinity)) return [];
      const named = value.type === 'as_pattern' ? childrenOf(value) : [value];
      const [opened, target] = named;
      if (!opened) return [];
      const name = target ? (childrenOf(target)[0] ?? target) : null;
      return [{ value: this.#expressions.lower(opened), target: this.#expression(name) }];
    });
    return [{ kind: 'block', span: spanOf(node), heads, body: this.all(bodyOf(node)) }];
  };

  /** What runs when nothing goes wrong: the body, `else` and `finally`. */
  readonly #try: Lower = (node) => {
    const after = childrenOf(node)
      .filter(({ type }) => type === 'else_clause' || type === 'finally_clause')
      .flatMap((child) => this.all(bodyOf(child)));
    const body = [...this.all(bodyOf(node)), ...after];
    return [{ kind: 'block', span: spanOf(node), heads: [], body }];
  };

  readonly #decorated: Lower = (node) => {
    const whole = spanOf(node);
    const decorators = childrenOf(node)
      .filter(({ type }) => type === 'decorator')
      .flatMap((child) => this.#expression(childrenOf(child)[0]) ?? []);
    return childrenOf(node)
      .filter(({ type }) => type !== 'decorator')
      .flatMap((child) => this.#lower(child))
      .map((statement) => {
        if (statement.kind === 'function') return { ...statement, decorators, whole };
        return statement.kind === 'class' ? { ...statement, whole } : statement;
      });
  };

  readonly #function: Lower = (node) => {
    const name = node.childForFieldName('name');
    const body = node.childForFieldName('body');
    const span = spanOf(node);
    if (!name || !body) return [{ kind: 'other', span }];
    const statement: FunctionStatement = {
      kind: 'function',
      span,
      name: this.#expressions.textOf(name),
      code: {
        span,
        parameters: this.#expressions.parameters(node.childForFieldName('parameters')),
        bodySpan: spanOf(body),
        body: this.all(body),
        result: null,
      },
      decorators: [],
      whole: span,
    };
    return [statement];
  };

  readonly #class: Lower = (node) => {
    const name = node.childForFieldName('name');
    const body = node.childForFieldName('body');
    const bases = node.childForFieldName('superclasses');
    const span = spanOf(node);
    if (!name || !body) return [{ kind: 'other', span }];
    const statement: ClassStatement = {
      kind: 'class',
      span,
      name: this.#expressions.textOf(name),
      bases: bases ? this.#expressions.arguments(bases) : [],
      body: this.all(body),
      bodySpan: spanOf(body),
      whole: span,
    };
    return [statement];
  };

  readonly #import: Lower = (node) => {
    const source = node.childForFieldName('module_name');
    const module = source ? this.#expressions.textOf(source) : null;
    const names = childrenOf(node).filter((child) => child.startIndex !== source?.startIndex);
    const bindings = names.map((name) => this.#binding(name, module));
    return [{ kind: 'import', span: spanOf(node), bindings }];
  };

  #binding(node: Node, module: string | null): ImportBinding {
    if (node.type === 'wildcard_import') return { name: '*', module: module ?? '', member: null };
    const imported = this.#expressions.textOf(node.childForFieldName('name') ?? node);
    const alias = node.childForFieldName('alias');
    const name = alias ? this.#expressions.textOf(alias) : imported;
    if (module !== null) return { name, module, member: imported };
    const root = imported.split('.')[0] ?? imported;
    return alias
      ? { name, module: imported, member: null }
      : { name: root, module: root, member: null };
  }

  readonly #simple =
    (kind: 'break' | 'continue' | 'raise'): Lower =>
    (node) => [{ kind, span: spanOf(node) }];

  readonly #table: Readonly<Record<string, Lower>> = {
    expression_statement: this.#expressionStatement,
    return_statement: (node) => [
      { kind: 'return', span: spanOf(node), value: this.#expression(childrenOf(node)[0]) },
    ],
    if_statement: this.#if,
    for_statement: this.#for,
    while_statement: this.#while,
    with_statement: this.#with,
    try_statement: this.#try,
    decorated_definition: this.#decorated,
    function_definition: this.#function,
    class_definition: this.#class,
    import_statement: this.#import,
    import_from_statement: this.#import,
    future_import_statement: () => [],
    break_statement: this.#simple('break'),
    continue_statement: this.#simple('continue'),
    raise_statement: this.#simple('raise'),
  };
}

const bodyOf = (node: Node): Node | null =>
  node.childForFieldName('body') ?? childrenOf(node).find(({ type }) => type === 'block') ?? null;
