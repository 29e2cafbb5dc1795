import type { Node } from 'web-tree-sitter';
import type { ClassCode, Expression, FunctionCode, Pattern, Statement } from './code.ts';
import { JavaScriptClasses } from './javaScriptClasses.ts';
import { JavaScriptExpressions } from './javaScriptExpressions.ts';
import { JavaScriptFlows } from './javaScriptFlows.ts';
import { lowerImport } from './javaScriptImports.ts';
import { JavaScriptPatterns } from './javaScriptPatterns.ts';
import { childrenOf, lazy, otherStatement, spanOf } from './nodes.ts';
import type { Lowering } from './nodes.ts';

/** Lowers JavaScript and TypeScript statements and functions. */
export class JavaScriptStatements {
  readonly expressions: JavaScriptExpressions;
  readonly #patterns: JavaScriptPatterns;
  readonly #flows: JavaScriptFlows;
  readonly #classes: JavaScriptClasses;

  constructor(text: string) {
    this.expressions = new JavaScriptExpressions(text, (node) => this.lowerFunction(node));
    this.#patterns = new JavaScriptPatterns(this.expressions);
    this.#flows = new JavaScriptFlows({
      expressions: this.expressions,
      lower: (node) => this.lower(node),
      pattern: (node) => this.#patterns.lower(node),
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
      parameters: this.#patterns.parameters(node),
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

  #all(node: Node): Statement[] {
    return childrenOf(node).flatMap((child) => this.lower(child));
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
        pattern: this.#patterns.lower(name),
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
        pattern: this.#patterns.lower(left),
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

  readonly #table: Lowering<Statement[]> = {
    lexical_declaration: (node) => this.#declarations(node),
    variable_declaration: (node) => this.#declarations(node),
    expression_statement: (node) => this.#expression(node),
    return_statement: (node) => this.#return(node),
    statement_block: (node) => this.#all(node),
    function_declaration: (node) => this.#functionDeclaration(node),
    export_statement: (node) => this.#export(node),
    import_statement: (node) => lowerImport(node, this.expressions),
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
