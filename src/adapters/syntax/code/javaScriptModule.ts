import type { Node } from 'web-tree-sitter';
import type { Language } from '../../../model/modelFile.ts';
import type { Mention, ModuleCode } from './code.ts';
import { JavaScriptStatements } from './javaScriptStatements.ts';
import { childrenOf, spanOf } from './nodes.ts';
import { BuilderSearch, EXPORTS } from './builderSearch.ts';

/** The source of a JavaScript or TypeScript file and the names its builder may have. */
interface Source {
  readonly text: string;
  readonly language: Language;
  readonly builderNames: readonly string[];
}

/** Lowers a JavaScript or TypeScript file. */
export function lowerJavaScript(root: Node, source: Source): ModuleCode {
  const statements = new JavaScriptStatements(source.text);
  const top = childrenOf(root);
  const exported = exportedNames(top, source.text);
  const found = top.flatMap(
    (node) => new BuilderSearch(source.builderNames, statements, node).found,
  );
  const inBuilder = (node: Node): boolean =>
    found.some(
      ({ builder }) =>
        builder.topLevel.start === node.startIndex && builder.topLevel.end === node.endIndex,
    );
  return {
    language: source.language,
    text: source.text,
    statements: top.filter((node) => !inBuilder(node)).flatMap((node) => statements.lower(node)),
    builders: found.map(({ builder }) => ({
      ...builder,
      exported: builder.exported || exported.has(builder.name),
    })),
    mentions: found.flatMap(({ node }) => mentionsIn(node, source.text)),
    comments: root.descendantsOfType('comment').map(spanOf),
  };
}

/** Names in `export { … }` and `module.exports = { … }`. */
function exportedNames(top: readonly Node[], text: string): ReadonlySet<string> {
  const lists = top.filter((node) =>
    node.type === 'export_statement'
      ? node.childForFieldName('declaration') === null
      : EXPORTS.test(text.slice(node.startIndex, node.startIndex + 16)),
  );
  return new Set(lists.flatMap((node) => mentionsIn(node, text).map(({ name }) => name)));
}

function mentionsIn(node: Node, text: string): Mention[] {
  const nodes = node.descendantsOfType(['identifier', 'shorthand_property_identifier']);
  return nodes.map((found) => ({
    name: text.slice(found.startIndex, found.endIndex),
    span: spanOf(found),
    shorthand: found.type === 'shorthand_property_identifier',
  }));
}
