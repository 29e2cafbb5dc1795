import { SourceMap } from 'node:module';

/**
 * The 1-based line of `path` an error points at: the innermost stack frame inside that file, led
 * back through its source map.
 * `null` when the stack does not touch the file.
 */
export function lineOfError(error: unknown, path: string, map: string | null): number | null {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const found = new RegExp(`${escaped(path)}(?:\\?[^:\\n]*)?:(\\d+)(?::(\\d+))?`).exec(
    decodedUrls(stack),
  );
  if (!found) return null;
  const line = Number(found[1]);
  return map ? originalLine(map, line, Number(found[2] ?? 1)) : line;
}

function originalLine(map: string, line: number, column: number): number | null {
  const entry = new SourceMap(
    JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0],
  ).findEntry(line - 1, column - 1);
  return 'originalLine' in entry ? entry.originalLine + 1 : null;
}

/** File URLs in a stack are percent-encoded; paths are not. */
const decodedUrls = (stack: string): string =>
  stack.replace(/file:\/\/[^\s)]+/g, (url) => {
    try {
      return decodeURIComponent(url.slice('file://'.length));
    } catch (error) {
      if (error instanceof URIError) return url;
      throw error;
    }
  });

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
