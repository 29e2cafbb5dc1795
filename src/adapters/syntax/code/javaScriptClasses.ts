import type { Node } from 'web-tree-sitter';
import type { ClassCode, ClassField, ClassMethod, FunctionCode } from './code.ts';
import type { JavaScriptExpressions } from './javaScriptExpressions.ts';
import { childrenOf, lazy, spanOf } from './nodes.ts';

/** Lowers classes of JavaScript and TypeScript. */
export class JavaScriptClasses {
  readonly #expressions: JavaScriptExpressions;
  readonly #lowerFunction: (node: Node) => FunctionCode;

  constructor(expressions: JavaScriptExpressions, lowerFunction: (node: Node) => FunctionCode) {
    this.#expressions = expressions;
    this.#lowerFunction = lowerFunction;
  }

  /** A class with its fields and methods; decorators and types are left out. */
  lower(node: Node): ClassCode {
    const body = childrenOf(node.childForFieldName('body') ?? node);
    const name = node.childForFieldName('name');
    const heritage = childrenOf(node).find((child) => child.type === 'class_heritage');
    const clause = heritage ? childrenOf(heritage)[0] : undefined;
    const parent =
      clause?.type === 'extends_clause' ? clause.childForFieldName('value') : (clause ?? null);
    return {
      name: name ? this.#expressions.textOf(name) : '',
      span: spanOf(node),
      parent: parent ? this.#expressions.lower(parent) : null,
      fields: body.flatMap((member) => this.#field(member)),
      methods: body.flatMap((member) => this.#method(member)),
    };
  }

  #field(member: Node): ClassField[] {
    const name = member.childForFieldName('property') ?? member.childForFieldName('name');
    if (!/field_definition$/.test(member.type) || !name) return [];
    const value = member.childForFieldName('value');
    return [
      {
        name: this.#expressions.textOf(name),
        value: value ? this.#expressions.lower(value) : null,
        shared: isShared(member),
      },
    ];
  }

  #method(member: Node): ClassMethod[] {
    const name = member.childForFieldName('name');
    if (member.type !== 'method_definition' || !name) return [];
    return [
      {
        name: this.#expressions.textOf(name),
        shared: isShared(member),
        getter: member.children.some((child) => child.type === 'get'),
        code: lazy(() => this.#lowerFunction(member)),
      },
    ];
  }
}

const isShared = (member: Node): boolean =>
  member.children.some((child) => child.type === 'static');
