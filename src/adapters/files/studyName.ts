/** Git refuses these in a branch name; the rest would have to be quoted in a shell. */
const UNUSABLE = /[^\p{L}\p{N}._-]+/gu;

/**
 * A name as a part of a branch: letters, digits, `.`, `_` and `-`, never empty, at most 100
 * characters.
 */
export function branchSafe(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(UNUSABLE, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-{2,}/g, '-')
    .slice(0, 100)
    .replace(/(?:\.lock)+$/i, '')
    .replace(/^[.-]+|[.-]+$/g, '');
  return safe === '' ? 'study' : safe;
}
