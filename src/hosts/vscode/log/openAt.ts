import { Range, Uri } from 'vscode';

/** The command that opens a log at a line. */
export function openAt(
  path: string,
  line?: number,
): { readonly title: string; readonly command: string; readonly arguments: unknown[] } {
  const options = line === undefined ? {} : { selection: new Range(line, 0, line, 0) };
  return { title: 'Open', command: 'vscode.open', arguments: [Uri.file(path), options] };
}
