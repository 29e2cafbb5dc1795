import { BUILDER_NAMES } from '../../../model/modelFile.ts';

/**
 * The 1-based line that declares a builder, or `null`: a cheap look at the text, good enough to
 * decide whether the syntax engine is worth loading and where a CodeLens stands while the file has
 * a syntax error.
 */
export function builderLine(
  text: string,
  isPython: boolean,
  names: readonly string[],
): number | null {
  const all = [...BUILDER_NAMES, ...names];
  if (!all.some((name) => text.includes(name))) return null;
  const name = `(?:${all.map(escape).join('|')})`;
  const match = (isPython ? pythonDeclaration(name) : scriptDeclaration(name)).exec(text);
  return match ? text.slice(0, match.index).split('\n').length : null;
}

const escape = (name: string): string => name.replace(/[^\w]/g, String.raw`\$&`);

const pythonDeclaration = (name: string): RegExp =>
  new RegExp(String.raw`^[ \t]*(?:async[ \t]+)?def[ \t]+${name}[ \t]*\(`, 'm');

function scriptDeclaration(name: string): RegExp {
  const declared = String.raw`[\w \t]*\bfunction[ \t]*\*?[ \t]*${name}\b`;
  const assigned = String.raw`(?:export[ \t]+)?(?:const|let|var)[ \t]+${name}\b`;
  const exported = String.raw`(?:module\.)?exports\.${name}[ \t]*=`;
  const method = String.raw`[ \t]+(?:(?:public|private|protected|static|async|override|readonly)[ \t]+)*${name}[ \t]*(?:\([^;]{0,400}?\)[^;{}()]{0,200}\{|[:=][^;]{0,200}?(?:=>|\bfunction\b))`;
  return new RegExp(`^(?:${[declared, assigned, exported, method].join('|')})`, 'm');
}
