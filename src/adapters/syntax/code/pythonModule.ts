import type { Node } from 'web-tree-sitter';
import type {
  BuilderCode,
  Expression,
  FunctionCode,
  ImportBinding,
  ModuleCode,
  Pattern,
  Statement,
} from './code.ts';
import { childrenOf, lazy, otherStatement, spanOf } from './nodes.ts';
import type { Lowering } from './nodes.ts';
import { PythonExpressions } from './pythonExpressions.ts';

/** Lowers a Python file. */
export function lowerPython(root: Node, text: string, builderNames: readonly string[]): ModuleCode {
  const statements = new PythonStatements(text);
  const top = childrenOf(root);
  const found = top.flatMap((node) => buildersIn(node, node, { text, builderNames, statements }));
  return {
    language: 'python',
    text,
    statements: top
      .flatMap((node) => statements.lower(node))
      .filter((it) => it.kind !== 'function' || !builderNames.includes(it.name)),
    builders: found,
    mentions: [],
    comments: root.descendantsOfType('comment').map(spanOf),
    top: [],
    compiles: [],
    calls: new Map(),
  };
}

interface Search {
  readonly text: string;
  readonly builderNames: readonly string[];
  readonly statements: PythonStatements;
}

/** A `def` at the top of the file or in a class. */
function buildersIn(node: Node, top: Node, search: Search): BuilderCode[] {
  if (
    node.type === 'decorated_definition' ||
    node.type === 'class_definition' ||
    node.type === 'block'
  ) {
    return childrenOf(node).flatMap((child) => buildersIn(child, top, search));
  }
  const name = node.type === 'function_definition' ? node.childForFieldName('name') : null;
  const text = name === null ? '' : search.text.slice(name.startIndex, name.endIndex);
  if (!search.builderNames.includes(text)) return [];
  const kind = top.type === 'class_definition' ? 'method' : 'function';
  const code = search.statements.lowerFunction(node);
  return [
    { name: text, kind, span: spanOf(node), exported: true, topLevel: spanOf(top), function: code },
  ];
}

/** Lowers Python statements and functions. */
class PythonStatements {
  readonly #expressions: PythonExpressions;

  constructor(text: string) {
    this.#expressions = new PythonExpressions(text);
  }

  lower(node: Node): Statement[] {
    return (this.#table[node.type] ?? ((other: Node) => [otherStatement(other)]))(node);
  }

  lowerFunction(node: Node): FunctionCode {
    const body = node.childForFieldName('body') ?? node;
    const parameters = node.childForFieldName('parameters');
    const returnType = node.childForFieldName('return_type');
    return {
      span: spanOf(node),
      parameters: parameters
        ? childrenOf(parameters).map((parameter) => this.#pattern(parameter))
        : [],
      bodySpan: spanOf(body),
      body: this.#all(body),
      result: null,
      returnType: returnType ? spanOf(returnType) : null,
    };
  }

  #all(node: Node): Statement[] {
    return childrenOf(node).flatMap((child) => this.lower(child));
  }

  #pattern(node: Node): Pattern {
    const name =
      node.type === 'identifier' ? node : (node.childForFieldName('name') ?? typedName(node));
    const value = node.childForFieldName('value');
    if (name)
      return {
        kind: 'name',
        name: this.#expressions.textOf(name),
        ...(value && { byDefault: this.#expressions.lower(value) }),
      };
    return {
      kind: 'unclear',
      names: node.descendantsOfType('identifier').map((it) => this.#expressions.textOf(it)),
    };
  }

  #expression(node: Node): Statement[] {
    const inner = childrenOf(node)[0];
    if (!inner) return [otherStatement(node)];
    const left = inner.childForFieldName('left');
    if (inner.type.endsWith('assignment') && left) return [this.#assignment(node, inner, left)];
    return [{ kind: 'expression', span: spanOf(node), value: this.#expressions.lower(inner) }];
  }

  #assignment(node: Node, assignment: Node, left: Node): Statement {
    const right = assignment.type === 'assignment' ? assignment.childForFieldName('right') : null;
    const value = right ? this.#expressions.lower(right) : null;
    return {
      kind: 'declare',
      span: spanOf(node),
      pattern: this.#pattern(left),
      value,
      keyword: '',
      alone: true,
    };
  }

  #return(node: Node): Statement[] {
    const value = childrenOf(node)[0];
    return [
      { kind: 'return', span: spanOf(node), value: value ? this.#expressions.lower(value) : null },
    ];
  }

  #branch(node: Node): Statement[] {
    const heads: Expression[] = [];
    const left = node.type === 'for_statement' ? node.childForFieldName('left') : null;
    const body: Statement[] = left
      ? [
          {
            kind: 'declare',
            span: spanOf(left),
            pattern: this.#pattern(left),
            value: null,
            keyword: '',
            alone: true,
          },
        ]
      : [];
    for (const child of childrenOf(node)) {
      if (child.type === 'block') body.push(...this.#all(child));
      else if (child.type in this.#table) body.push(...this.lower(child));
      else heads.push(this.#expressions.lower(child));
    }
    return [{ kind: 'branch', span: spanOf(node), heads, body }];
  }

  #with(node: Node): Statement[] {
    const body = node.childForFieldName('body');
    return body ? this.#all(body) : [];
  }

  #function(node: Node): Statement[] {
    const name = node.childForFieldName('name');
    if (!name) return [otherStatement(node)];
    return [
      {
        kind: 'function',
        span: spanOf(node),
        name: this.#expressions.textOf(name),
        code: lazy(() => this.lowerFunction(node)),
      },
    ];
  }

  #import(node: Node): Statement[] {
    const source = node.childForFieldName('module_name');
    const module = source ? this.#expressions.textOf(source) : null;
    const names = childrenOf(node).filter((child) => child.startIndex !== source?.startIndex);
    return [
      {
        kind: 'import',
        span: spanOf(node),
        bindings: names.map((name) => this.#importBinding(name, module)),
      },
    ];
  }

  #importBinding(node: Node, module: string | null): ImportBinding {
    if (node.type === 'wildcard_import') return { name: '*', module: module ?? '', member: null };
    const imported = this.#expressions.textOf(node.childForFieldName('name') ?? node);
    const alias = node.childForFieldName('alias');
    if (module !== null)
      return { name: alias ? this.#expressions.textOf(alias) : imported, module, member: imported };
    const root = imported.split('.')[0] ?? imported;
    return alias
      ? { name: this.#expressions.textOf(alias), module: imported, member: null }
      : { name: root, module: root, member: null };
  }

  readonly #table: Lowering<Statement[]> = {
    expression_statement: (node) => this.#expression(node),
    return_statement: (node) => this.#return(node),
    function_definition: (node) => this.#function(node),
    decorated_definition: (node) => this.#all(node),
    with_statement: (node) => this.#with(node),
    import_statement: (node) => this.#import(node),
    import_from_statement: (node) => this.#import(node),
    ...Object.fromEntries(
      [
        'if_statement',
        'elif_clause',
        'else_clause',
        'for_statement',
        'while_statement',
        'try_statement',
        'except_clause',
        'finally_clause',
        'match_statement',
        'case_clause',
      ].map((type) => [type, (node: Node) => this.#branch(node)]),
    ),
  };
}

const typedName = (parameter: Node): Node | null =>
  parameter.type === 'typed_parameter' ? (childrenOf(parameter)[0] ?? null) : null;
