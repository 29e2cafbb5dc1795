import type { Node } from 'web-tree-sitter';
import type { Expression, MemberPattern, Pattern } from './code.ts';
import { childrenOf, spanOf } from './nodes.ts';
import type { Source } from './nodes.ts';

/** Lowers what declarations and parameters of JavaScript and TypeScript bind. */
export class JavaScriptPatterns {
  readonly #expressions: Source<Expression>;

  constructor(expressions: Source<Expression>) {
    this.#expressions = expressions;
  }

  /** What a declaration binds, or takes apart. */
  lower(node: Node): Pattern {
    if (node.type === 'identifier') return { kind: 'name', name: this.#expressions.textOf(node) };
    if (node.type === 'assignment_pattern')
      return { ...this.lower(node.childForFieldName('left') ?? node), ...this.#byDefault(node) };
    if (node.type === 'object_pattern') {
      return {
        kind: 'members',
        members: childrenOf(node).flatMap((child) => this.#memberPattern(child)),
      };
    }
    if (node.type === 'array_pattern') return { kind: 'items', items: this.#items(node) };
    const names = node.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern']);
    return { kind: 'unclear', names: names.map((name) => this.#expressions.textOf(name)) };
  }

  /** What a function takes. */
  parameters(node: Node): Pattern[] {
    const single = node.childForFieldName('parameter');
    const list = node.childForFieldName('parameters');
    const nodes = single ? [single] : list ? childrenOf(list) : [];
    return nodes.flatMap((parameter) => this.#parameter(parameter));
  }

  /** One entry for each place of `[a, , b]`: places are told apart by their commas. */
  #items(node: Node): (string | null)[] {
    const items: (string | null)[] = [];
    let name: string | null = null;
    for (const child of node.children) {
      if (child.type === ',') {
        items.push(name);
        name = null;
      } else if (child.type === 'identifier') name = this.#expressions.textOf(child);
    }
    return [...items, name];
  }

  #byDefault(node: Node): { byDefault?: Expression } {
    const value = node.childForFieldName('right');
    return value ? { byDefault: this.#expressions.lower(value) } : {};
  }

  #memberPattern(node: Node): MemberPattern[] {
    if (node.type === 'shorthand_property_identifier_pattern') {
      const name = this.#expressions.textOf(node);
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
    return [{ key: this.#expressions.textOf(key), name: this.#expressions.textOf(value) }];
  }

  /** TypeScript's `this` parameter is none; its defaults stand beside the pattern. */
  #parameter(parameter: Node): Pattern[] {
    const pattern = parameter.childForFieldName('pattern');
    if (pattern?.type === 'this') return [];
    const value = pattern ? parameter.childForFieldName('value') : null;
    const optional = parameter.type === 'optional_parameter' && !value;
    const lowered = this.lower(pattern ?? parameter);
    if (optional && lowered.kind === 'name')
      return [
        {
          ...lowered,
          byDefault: { kind: 'literal', span: spanOf(parameter), value: { kind: 'null' } },
        },
      ];
    return [value ? { ...lowered, byDefault: this.#expressions.lower(value) } : lowered];
  }
}
