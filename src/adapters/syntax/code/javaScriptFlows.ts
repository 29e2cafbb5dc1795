import type { Node } from 'web-tree-sitter';
import type { Expression, Flow, Pattern, Statement, SwitchCase } from './code.ts';
import { childrenOf } from './nodes.ts';

/** How the parts of a statement are lowered. */
interface Parts {
  readonly expressions: { lower(node: Node): Expression };
  lower(node: Node): Statement[];
  pattern(node: Node): Pattern;
}

/** Lowers branches, loops and `switch` as far as it can be told what of them runs. */
export class JavaScriptFlows {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** How a statement that decides what runs goes on; `null` for one that cannot be told. */
  flow(node: Node): Flow | null {
    const part = (field: string): Node | null => node.childForFieldName(field);
    const body = this.#inner(part('body'));
    switch (node.type) {
      case 'if_statement':
        return this.#ifFlow(part('condition'), part('consequence'), part('alternative'));
      case 'for_statement':
        return this.#loopFlow(node, body);
      case 'for_in_statement':
        return this.#eachFlow(node, body);
      case 'switch_statement':
        return this.#switchFlow(part('value'), part('body'));
      case 'try_statement':
        return { kind: 'block', body: [...body, ...this.#inner(part('finalizer'))] };
      default:
        return null;
    }
  }

  #inner(node: Node | null): Statement[] {
    if (!node) return [];
    if (node.type === 'else_clause' || node.type === 'finally_clause')
      return childrenOf(node).flatMap((child) => this.#inner(child));
    return this.#parts.lower(node);
  }

  #ifFlow(condition: Node | null, then: Node | null, otherwise: Node | null): Flow | null {
    if (!condition) return null;
    return {
      kind: 'if',
      condition: this.#parts.expressions.lower(condition),
      then: this.#inner(then),
      otherwise: this.#inner(otherwise),
    };
  }

  #loopFlow(node: Node, body: readonly Statement[]): Flow {
    const condition = node.childForFieldName('condition');
    const update = node.childForFieldName('increment');
    const inner = condition?.type === 'expression_statement' ? childrenOf(condition)[0] : condition;
    return {
      kind: 'loop',
      start: this.#inner(node.childForFieldName('initializer')),
      condition: inner ? this.#parts.expressions.lower(inner) : null,
      update: update ? this.#parts.expressions.lower(update) : null,
      body,
    };
  }

  #eachFlow(node: Node, body: readonly Statement[]): Flow | null {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return null;
    return {
      kind: 'each',
      pattern: this.#parts.pattern(left),
      of: this.#parts.expressions.lower(right),
      keys: node.childForFieldName('operator')?.type === 'in',
      body,
    };
  }

  #switchFlow(subject: Node | null, body: Node | null): Flow | null {
    if (!subject || !body) return null;
    const cases = childrenOf(body).map((one): SwitchCase => {
      const test = one.childForFieldName('value');
      const inner = childrenOf(one).filter((child) => child.startIndex !== test?.startIndex);
      return {
        test: test ? this.#parts.expressions.lower(test) : null,
        body: inner.flatMap((child) => this.#parts.lower(child)),
      };
    });
    return { kind: 'switch', subject: this.#parts.expressions.lower(subject), cases };
  }
}
