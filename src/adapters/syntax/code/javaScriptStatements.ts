import type { Node } from 'web-tree-sitter';
import type {
  ClassCode,
  Expression,
  FunctionCode,
  ImportBinding,
  MemberPattern,
  Pattern,
  Statement,
} from './code.ts';
import { JavaScriptClasses } from './javaScriptClasses.ts';
import { JavaScriptExpressions } from './javaScriptExpressions.ts';
import { JavaScriptFlows } from './javaScriptFlows.ts';
import { childrenOf, lazy, otherStatement, spanOf } from './nodes.ts';
import type { Lowering } from './nodes.ts';

/** Lowers JavaScript and TypeScript statements and functions. */
export class JavaScriptStatements {
  readonly expressions: JavaScriptExpressions;
  readonly #flows: JavaScriptFlows;
  readonly #classes: JavaScriptClasses;

  constructor(text: string) {
    this.expressions = new JavaScriptExpressions(text, (node) => this.lowerFunction(node));
    this.#flows = new JavaScriptFlows({
      expressions: this.expressions,
      lower: (node) => this.lower(node),
      pattern: (node) => this.#pattern(node),
    });
    this.#classes = new JavaScriptClasses(this.expressions, (node) => this.lowerFunction(node));
  }

  /** A class with its fields and methods. */
  lowerClass(node: Node): ClassCode {
    return this.#classes.lower(node);
  }

  lower(node: Node): Statement[] {
    return (this.#table[node.type] ?? ((other: Node) => [otherStatement(other)]))(node);
  }

  lowerFunction(node: Node): FunctionCode {
    const body = node.childForFieldName('body') ?? node;
    const block = body.type === 'statement_block';
    return {
      span: spanOf(node),
      parameters: this.#parameters(node),
      bodySpan: spanOf(body),
      body: block ? this.#all(body) : [],
      result: block ? null : this.expressions.lower(body),
      returnType: this.#returnType(node),
    };
  }

  #returnType(node: Node): FunctionCode['returnType'] {
    const type = node.childForFieldName('return_type');
    return type ? spanOf(type) : null;
  }

  #parameters(node: Node): Pattern[] {
    const single = node.childForFieldName('parameter');
    const list = node.childForFieldName('parameters');
    const nodes = single ? [single] : list ? childrenOf(list) : [];
    return nodes.flatMap((parameter) => this.#parameter(parameter));
  }

  /** TypeScript's `this` parameter is none; its defaults stand beside the pattern. */
  #parameter(parameter: Node): Pattern[] {
    const pattern = parameter.childForFieldName('pattern');
    if (pattern?.type === 'this') return [];
    const value = pattern ? parameter.childForFieldName('value') : null;
    const optional = parameter.type === 'optional_parameter' && !value;
    const lowered = this.#pattern(pattern ?? parameter);
    if (optional && lowered.kind === 'name')
      return [
        {
          ...lowered,
          byDefault: { kind: 'literal', span: spanOf(parameter), value: { kind: 'null' } },
        },
      ];
    return [value ? { ...lowered, byDefault: this.expressions.lower(value) } : lowered];
  }

  #all(node: Node): Statement[] {
    return childrenOf(node).flatMap((child) => this.lower(child));
  }

  #pattern(node: Node): Pattern {
    if (node.type === 'identifier') return { kind: 'name', name: this.expressions.textOf(node) };
    if (node.type === 'assignment_pattern')
      return { ...this.#pattern(node.childForFieldName('left') ?? node), ...this.#byDefault(node) };
    if (node.type === 'object_pattern') {
      return {
        kind: 'members',
        members: childrenOf(node).flatMap((child) => this.#memberPattern(child)),
      };
    }
    if (node.type === 'array_pattern') return { kind: 'items', items: this.#items(node) };
    const names = node.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']);
    return { kind: 'unclear', names: names.map((name) => this.expressions.textOf(name)) };
  }

  /** One entry for each place of `[a, , b]`: places are told apart by their commas. */
  #items(node: Node): (string | null)[] {
    const items: (string | null)[] = [];
    let name: string | null = null;
    for (const child of node.children) {
      if (child.type === ',') {
        items.push(name);
        name = null;
      } else if (child.type === 'identifier') name = this.expressions.textOf(child);
    }
    return [...items, name];
  }

  #byDefault(node: Node): { byDefault?: Expression } {
    const value = node.childForFieldName('right');
    return value ? { byDefault: this.expressions.lower(value) } : {};
  }

  #memberPattern(node: Node): MemberPattern[] {
    if (node.type === 'shorthand_property_identifier_pattern') {
      const name = this.expressions.textOf(node);
      return [{ key: name, name }];
    }
    if (node.type === 'object_assignment_pattern') {
      return this.#memberPattern(node.childForFieldName('left') ?? node).map((member) => ({
        ...member,
        ...this.#byDefault(node),
      }));
    }
    const key = node.childForFieldName('key');
    const value = node.childForFieldName('value');
    if (!key || value?.type !== 'identifier') return [];
    return [{ key: this.expressions.textOf(key), name: this.expressions.textOf(value) }];
  }

  #declarations(node: Node): Statement[] {
    const keyword = node.firstChild?.type ?? 'var';
    const declarators = childrenOf(node).filter((child) => child.type === 'variable_declarator');
    return declarators.map((declarator) => {
      const name = declarator.childForFieldName('name') ?? declarator;
      const value = declarator.childForFieldName('value');
      return {
        kind: 'declare',
        span: spanOf(node),
        pattern: this.#pattern(name),
        value: value ? this.expressions.lower(value) : null,
        keyword,
        alone: declarators.length === 1,
      };
    });
  }

  #expression(node: Node): Statement[] {
    const inner = childrenOf(node)[0];
    if (!inner) return [otherStatement(node)];
    const value = this.expressions.lower(inner);
    const span = spanOf(node);
    if (value.kind !== 'assign') return [{ kind: 'expression', span, value }];
    const pattern: Pattern = { kind: 'name', name: value.target };
    return [{ kind: 'declare', span, pattern, value: value.value, keyword: '', alone: true }];
  }

  #return(node: Node): Statement[] {
    const value = childrenOf(node)[0];
    return [
      { kind: 'return', span: spanOf(node), value: value ? this.expressions.lower(value) : null },
    ];
  }

  /**
   * Heads are expressions that stand in the statement itself; everything else below it is its body.
   */
  #branch(node: Node): Statement[] {
    const heads: Expression[] = [];
    const body: Statement[] = this.#loopVariables(node);
    for (const child of childrenOf(node)) {
      if (child.type === 'statement_block') body.push(...this.#all(child));
      else if (child.type in this.#table)
        body.push(...this.lower(child).map(withoutLoopStart(node)));
      else heads.push(this.expressions.lower(child));
    }
    const flow = this.#flows.flow(node);
    return [{ kind: 'branch', span: spanOf(node), heads, body, ...(flow && { flow }) }];
  }

  #loopVariables(node: Node): Statement[] {
    const left = node.type === 'for_in_statement' ? node.childForFieldName('left') : null;
    if (!left) return [];
    return [
      {
        kind: 'declare',
        span: spanOf(left),
        pattern: this.#pattern(left),
        value: null,
        keyword: 'const',
        alone: true,
      },
    ];
  }

  #functionDeclaration(node: Node): Statement[] {
    const name = node.childForFieldName('name');
    if (!name) return [otherStatement(node)];
    return [
      {
        kind: 'function',
        span: spanOf(node),
        name: this.expressions.textOf(name),
        code: lazy(() => this.lowerFunction(node)),
      },
    ];
  }

  #class(node: Node): Statement[] {
    return [{ kind: 'class', span: spanOf(node), code: this.lowerClass(node) }];
  }

  #export(node: Node): Statement[] {
    const declaration = node.childForFieldName('declaration');
    return declaration ? this.lower(declaration) : [otherStatement(node)];
  }

  #import(node: Node): Statement[] {
    const source = node.childForFieldName('source') ?? node.descendantsOfType('string')[0];
    const module = source ? this.expressions.textOf(source).slice(1, -1) : '';
    const clause = childrenOf(node).find((child) => child.type !== 'string');
    const bindings = clause ? this.#importClause(clause, module) : [];
    return [{ kind: 'import', span: spanOf(node), bindings }];
  }

  #importClause(node: Node, module: string): ImportBinding[] {
    if (node.type === 'identifier')
      return [{ name: this.expressions.textOf(node), module, member: null }];
    if (node.type === 'import_specifier') {
      const member = node.childForFieldName('name') ?? node;
      const alias = node.childForFieldName('alias') ?? member;
      return [
        { name: this.expressions.textOf(alias), module, member: this.expressions.textOf(member) },
      ];
    }
    if (node.type === 'string') return [];
    return childrenOf(node).flatMap((child) => this.#importClause(child, module));
  }

  readonly #table: Lowering<Statement[]> = {
    lexical_declaration: (node) => this.#declarations(node),
    variable_declaration: (node) => this.#declarations(node),
    expression_statement: (node) => this.#expression(node),
    return_statement: (node) => this.#return(node),
    statement_block: (node) => this.#all(node),
    function_declaration: (node) => this.#functionDeclaration(node),
    export_statement: (node) => this.#export(node),
    import_statement: (node) => this.#import(node),
    class_declaration: (node) => this.#class(node),
    abstract_class_declaration: (node) => this.#class(node),
    break_statement: (node) => [{ kind: 'jump', span: spanOf(node), to: 'break' }],
    continue_statement: (node) => [{ kind: 'jump', span: spanOf(node), to: 'continue' }],
    throw_statement: (node) => [{ kind: 'jump', span: spanOf(node), to: 'throw' }],
    ...Object.fromEntries(
      [
        'if_statement',
        'else_clause',
        'for_statement',
        'for_in_statement',
        'while_statement',
        'do_statement',
        'try_statement',
        'catch_clause',
        'finally_clause',
        'switch_statement',
        'switch_body',
        'switch_case',
        'switch_default',
        'labeled_statement',
      ].map((type) => [type, (node: Node) => this.#branch(node)]),
    ),
  };
}

/** `for (let i = 0; …)` does not mean that `i` is 0. */
const withoutLoopStart =
  (loop: Node) =>
  (statement: Statement): Statement =>
    loop.type === 'for_statement' && statement.kind === 'declare' && statement.keyword !== ''
      ? { ...statement, value: null, keyword: 'const' }
      : statement;
