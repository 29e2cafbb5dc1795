import { BUILDER_NAMES } from '../../../model/modelFile.ts';

/**
 * The 1-based line that declares a builder, by its name or because a model is made in it, or
 * `null`: a cheap look at the text, good enough to decide whether the syntax engine is worth
 * loading and where a CodeLens stands while the file has a syntax error.
 */
export function builderLine(
  text: string,
  isPython: boolean,
  names: readonly string[],
): number | null {
  const index = namedBuilder(text, isPython, names) ?? makerOfModel(text, isPython);
  return index === null ? null : text.slice(0, index).split('\n').length;
}

function namedBuilder(text: string, isPython: boolean, names: readonly string[]): number | null {
  const all = [...BUILDER_NAMES, ...names];
  if (!all.some((name) => text.includes(name))) return null;
  const name = `(?:${all.map(escape).join('|')})`;
  return (isPython ? pythonDeclaration(name) : scriptDeclaration(name)).exec(text)?.index ?? null;
}

/** How a language loads a framework, makes a model of it, and begins what that stands in. */
interface Making {
  readonly framework: RegExp;
  readonly model: RegExp;
  readonly declaration: RegExp;
}

const PYTHON: Making = {
  framework: /^[ \t]*(?:import|from)[ \t]+(?:keras|tensorflow|tf_keras|torch)\b/m,
  model:
    /^(?![ \t]*#).*?(?:\b(?:Sequential|Model)[ \t]*\(|\([ \t]*(?:torch\.)?nn\.Module[ \t]*\)|\([ \t]*(?:[\w.]*\.)?Model[ \t]*\):)/m,
  declaration: /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+/gm,
};

const SCRIPT: Making = {
  framework: /@tensorflow\/tfjs|\btf[ \t]*\./,
  model: /^(?![ \t]*(?:\/\/|\*)).*?(?:\btf\.(?:sequential|model)[ \t]*\(|\bsequential[ \t]*\()/m,
  declaration:
    /^[ \t]*(?:export[ \t]+)?(?:default[ \t]+)?(?:async[ \t]+)?(?:function\b|class\b|(?:const|let|var)[ \t]+\w+[^=\n]{0,200}=[^=\n]{0,200}=>)/gm,
};

/** Where that begins which makes the first model of a file. */
function makerOfModel(text: string, isPython: boolean): number | null {
  const { framework, model, declaration } = isPython ? PYTHON : SCRIPT;
  const made = framework.test(text) ? model.exec(text) : null;
  if (!made) return null;
  const end = made.index + made[0].length;
  return [...text.slice(0, end).matchAll(declaration)].at(-1)?.index ?? made.index;
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
