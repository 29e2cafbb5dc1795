import { gitBytes } from './git.ts';

/**
 * The contents of objects as text, in order, by one `git cat-file`; empty for what is missing or no
 * file. Cut as bytes, since not every file is UTF-8.
 */
export async function readBlobs(
  root: string,
  objects: readonly string[],
): Promise<readonly string[]> {
  const output = await gitBytes(
    root,
    ['cat-file', '--batch'],
    objects.map((object) => `${object}\n`).join(''),
  );
  const texts: string[] = [];
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(10, at);
    const [, type, size] =
      / (blob|tree|commit|tag) (\d+)$/.exec(output.toString('utf8', at, end)) ?? [];
    const next = size === undefined ? end + 1 : end + Number(size) + 2;
    texts.push(type === 'blob' ? output.toString('utf8', end + 1, next - 1) : '');
    at = next;
  }
  return texts;
}
