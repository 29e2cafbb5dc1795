import type { Node } from 'web-tree-sitter';
import { bindingOf, innermost, makerOf, nameNode } from './enclosing.ts';

type TextOf = (node: Node) => string;

/**
 * The functions of a file that put a model together, and the file itself (`root`) where its own
 * statements do: those that make one, or – where the model is made empty somewhere else – those
 * that add its layers.
 */
export function modelMakers(root: Node, textOf: TextOf): ReadonlySet<number> {
  const calls = makingCalls(root, textOf);
  const made = calls.filter((node) => !/loadLayersModel\s*\(/.test(textOf(node).slice(0, 60)));
  const makers = made.length > 0 ? made : calls;
  const adders = new Adders(root, textOf);
  return new Set(
    makers.flatMap((node) => adders.insteadOf(node) ?? [idOf(makerOf(node, textOf), root)]),
  );
}

const idOf = (node: Node | null, root: Node): number => (node ?? root).id;

/** Calls that make a model. */
function makingCalls(root: Node, textOf: TextOf): Node[] {
  return root.descendantsOfType(['call_expression', 'new_expression']).filter((node) => {
    const callee = node.childForFieldName('function') ?? node.childForFieldName('constructor');
    const text = callee ? textOf(callee) : '';
    if (/^[\w$.]+\.(sequential|loadLayersModel)$|^(sequential|loadLayersModel)$/.test(text))
      return true;
    if (node.type === 'new_expression') return /(^|\.)Sequential$/.test(text);
    const given = textOf(node.childForFieldName('arguments') ?? node);
    if (text === 'this.add') return /^\(\s*([\w$]+\.)?layers\b/.test(given);
    return (
      /^([\w$]+\.)?[\w$]*model$/i.test(text) &&
      /\binputs\b[^]*\boutputs\b|\boutputs\b[^]*\binputs\b/.test(given)
    );
  });
}

/** `….model.add(tf.layers.…)`: to which name, and in which function. */
interface Addition {
  readonly to: string;
  readonly within: Node | null;
}

class Adders {
  readonly #root: Node;
  readonly #textOf: TextOf;
  readonly #additions: readonly Addition[];

  constructor(root: Node, textOf: TextOf) {
    this.#root = root;
    this.#textOf = textOf;
    this.#additions = root.descendantsOfType('call_expression').flatMap((node) => {
      const callee = node.childForFieldName('function');
      const [, to] = /([\w$]+)\s*\.\s*add$/.exec(callee ? textOf(callee) : '') ?? [];
      const given = textOf(node.childForFieldName('arguments') ?? node);
      const isLayer = /^\(\s*([\w$]+\.)*(layers\.|[a-z]\w*\()/.test(given);
      return to !== undefined && isLayer ? [{ to, within: this.#namedAround(node) }] : [];
    });
  }

  /** Where a model is made empty: who adds its layers, when not who makes it; else `null`. */
  insteadOf(call: Node): readonly number[] | null {
    const binding = bindingOf(unawaited(call));
    const bound = binding && nameNode(binding);
    if (!bound || /\blayers\b/.test(this.#textOf(call.childForFieldName('arguments') ?? call)))
      return null;
    const name = /[\w$]+$/.exec(this.#textOf(bound))?.[0] ?? '';
    const own = this.#makerOf(call);
    const adding = this.#additions.filter(({ to }) => to === name).map(({ within }) => within);
    const others = [...new Map(adding.map((node) => [idOf(node, this.#root), node])).values()];
    const reached = own ? this.#reachedFrom(own) : null;
    const isOwn = (node: Node | null): boolean =>
      node === null || isWithin(node, own) || (reached?.has(node.id) ?? false);
    if (others.length === 0 || others.some(isOwn)) return null;
    return this.#together(others.filter((node) => node !== null));
  }

  /** The nearest function with a name: a callback is a part of what it is written in. */
  #namedAround(node: Node): Node | null {
    let at = innermost(node);
    while (at && this.#nameOf(at) === '') at = innermost(at);
    return at;
  }

  /** The function that makes it; of a class's field its constructor. */
  #makerOf(call: Node): Node | null {
    const own = innermost(call);
    if (own) return own;
    let at = call.parent;
    while (at && at.type !== 'class_body') at = at.parent;
    return (at?.namedChildren ?? []).find((one) => this.#nameOf(one) === 'constructor') ?? null;
  }

  /** Of several functions that add layers the one that calls them, where there is one. */
  #together(adders: readonly Node[]): readonly number[] {
    if (adders.length < 2) return adders.map(({ id }) => id);
    const callers = this.#functions().filter((node) => {
      const reached = this.#reachedFrom(node);
      return adders.every(({ id }) => reached.has(id));
    });
    return [...adders, ...callers.slice(0, 1)].map(({ id }) => id);
  }

  /** Functions of the file that one calls, by their names, and those that they call. */
  #reachedFrom(start: Node): ReadonlySet<number> {
    const byName = new Map(this.#functions().map((node) => [this.#nameOf(node), node]));
    const reached = new Set<number>();
    const queue = [start];
    for (let node = queue.pop(); node; node = queue.pop()) {
      for (const called of this.#calledIn(node)) {
        const next = byName.get(called);
        if (!next || reached.has(next.id)) continue;
        reached.add(next.id);
        queue.push(next);
      }
    }
    return reached;
  }

  #calledIn(node: Node): readonly string[] {
    return node
      .descendantsOfType('call_expression')
      .flatMap((call) => call.childForFieldName('function') ?? [])
      .map((callee) => this.#textOf(callee.childForFieldName('property') ?? callee));
  }

  #functions(): readonly Node[] {
    return this.#root.descendantsOfType([
      'arrow_function',
      'function_expression',
      'function_declaration',
      'method_definition',
    ]);
  }

  #nameOf(node: Node): string {
    const binding = bindingOf(node);
    const name = node.childForFieldName('name') ?? (binding && nameNode(binding));
    return name ? (/[\w$]+$/.exec(this.#textOf(name))?.[0] ?? '') : '';
  }
}

const isWithin = (node: Node, outer: Node | null): boolean =>
  outer !== null && outer.startIndex <= node.startIndex && node.endIndex <= outer.endIndex;

/** `await tf.…` is bound as what it waits for is. */
const unawaited = (node: Node): Node =>
  node.parent?.type === 'await_expression' ? node.parent : node;
