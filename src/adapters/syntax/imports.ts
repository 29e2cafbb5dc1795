import type { Node } from 'web-tree-sitter';
import type { Language } from '../../model/modelFile.ts';

/**
 * The modules that a source imports (`./data`, `@/blocks.js`, `react`), as they are written there;
 * Python's are written as paths from its own folder. Read from the syntax tree, so that comments
 * and strings name nothing.
 */
export const importsIn = (root: Node, language: Language): readonly string[] =>
  language === 'python' ? pythonImports(root) : javaScriptImports(root);

function javaScriptImports(root: Node): readonly string[] {
  const statements = found(root, ['import_statement', 'export_statement', 'import_require_clause'])
    .map((node) => node.childForFieldName('source'))
    .concat(found(root, ['call_expression']).map(requested));
  return statements.flatMap((source) => (source === null ? [] : [source.text.slice(1, -1)]));
}

/** What `require('…')` or `import('…')` asks for; `null` for other calls and computed names. */
function requested(call: Node): Node | null {
  const callee = call.childForFieldName('function')?.text;
  if (callee !== 'require' && callee !== 'import') return null;
  const [first] = call.childForFieldName('arguments')?.namedChildren ?? [];
  return first?.type === 'string' ? first : null;
}

function pythonImports(root: Node): readonly string[] {
  const plain = found(root, ['import_statement']).flatMap((node) =>
    node.namedChildren.map((child) => (child.childForFieldName('name') ?? child).text),
  );
  const from = found(root, ['import_from_statement']).flatMap((node) => {
    const module = node.childForFieldName('module_name')?.text ?? '';
    const names = node
      .childrenForFieldName('name')
      .map((child) => (child.childForFieldName('name') ?? child).text);
    // `from . import data` names a module behind the dots; `from .lib import data` may.
    return [module, ...names.map((name) => `${module}${module.endsWith('.') ? '' : '.'}${name}`)];
  });
  return [...plain, ...from].map(pathOf);
}

/** `..lib.blocks` → `../lib/blocks`; `lib.blocks` → `./lib/blocks`. */
function pathOf(module: string): string {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const up = dots <= 1 ? './' : '../'.repeat(dots - 1);
  return up + module.slice(dots).replaceAll('.', '/');
}

const found = (root: Node, types: string[]): Node[] => root.descendantsOfType(types);
