import { childrenOf, otherExpression, spanOf } from '../../code/nodes.ts';
import type { Lower } from '../../code/nodes.ts';
import type { ComprehensionFor, Expression } from './tree.ts';

const sequence =
  (form: 'list' | 'tuple'): Lower<Expression> =>
  (node, source) => ({
    kind: 'sequence',
    span: spanOf(node),
    form,
    items: childrenOf(node).map((child) => source.lower(child)),
  });

const subscript: Lower<Expression> = (node, source) => {
  const object = node.childForFieldName('value');
  if (!object) return otherExpression(node, source);
  const index = childrenOf(node)
    .filter((child) => child.startIndex !== object.startIndex)
    .map((child) => source.lower(child));
  return { kind: 'subscript', span: spanOf(node), object: source.lower(object), index };
};

const slice: Lower<Expression> = (node, source) => {
  const bounds: (Expression | null)[] = [null];
  for (const child of node.children) {
    if (child.type === ':') bounds.push(null);
    else if (child.isNamed) bounds[bounds.length - 1] = source.lower(child);
  }
  return { kind: 'slice', span: spanOf(node), bounds };
};

const dictionary: Lower<Expression> = (node, source) => ({
  kind: 'dictionary',
  span: spanOf(node),
  entries: childrenOf(node).map((child) => {
    const key = child.childForFieldName('key');
    const value = child.childForFieldName('value') ?? childrenOf(child)[0] ?? child;
    return { key: key ? source.lower(key) : null, value: source.lower(value) };
  }),
});

const comprehension =
  (form: 'list' | 'dictionary'): Lower<Expression> =>
  (node, source) => {
    const body = node.childForFieldName('body');
    if (!body) return otherExpression(node, source);
    const pair = [body.childForFieldName('key'), body.childForFieldName('value')];
    const element = form === 'list' ? [body] : pair.filter((part) => part !== null);
    const loops: ComprehensionFor[] = [];
    for (const child of childrenOf(node)) {
      const target = child.childForFieldName('left');
      const iterable = child.childForFieldName('right');
      const last = loops.at(-1);
      if (child.type === 'for_in_clause' && target && iterable)
        loops.push({
          target: source.lower(target),
          iterable: source.lower(iterable),
          conditions: [],
        });
      else if (child.type === 'if_clause' && last)
        loops[loops.length - 1] = {
          ...last,
          conditions: [...last.conditions, ...childrenOf(child).map((it) => source.lower(it))],
        };
    }
    return {
      kind: 'comprehension',
      span: spanOf(node),
      form,
      element: element.map((part) => source.lower(part)),
      loops,
    };
  };

/** Lists, tuples, dictionaries, comprehensions and items of them, by the type of their nodes. */
export const COLLECTIONS: Readonly<Record<string, Lower<Expression>>> = {
  list: sequence('list'),
  set: sequence('list'),
  list_pattern: sequence('list'),
  tuple: sequence('tuple'),
  tuple_pattern: sequence('tuple'),
  pattern_list: sequence('tuple'),
  expression_list: sequence('tuple'),
  subscript,
  slice,
  dictionary,
  list_comprehension: comprehension('list'),
  set_comprehension: comprehension('list'),
  generator_expression: comprehension('list'),
  dictionary_comprehension: comprehension('dictionary'),
};
