/** Names that a piece of source may mean: no properties, no keys, nothing in quotes or comments. */
export function namesIn(source: string): string[] {
  const plain = source.replaceAll(/'[^'\n]*'|"[^"\n]*"|`[^`]*`|\/\/[^\n]*|\/\*[^]*?\*\//g, '');
  return [...plain.matchAll(/(?<![.\w$])[A-Za-z_$][\w$]*(?!\s*:)/g)].map(([name]) => name);
}
