import { applyPatch, structuredPatch } from 'diff';
import { splitLines, writeLike } from './textLines.ts';

/**
 * Carries the change from `base` to `changed` over to `current`, which came from `base` too; keeps
 * the form of `current`.
 * `null` when both changed the same lines.
 */
export function applyOnto(current: string, base: string, changed: string): string | null {
  const patch = structuredPatch(
    'base',
    'changed',
    plain(base),
    plain(changed),
    undefined,
    undefined,
    { context: 2 },
  );
  const merged = applyPatch(plain(current), patch);
  return merged === false ? null : writeLike(current, splitLines(merged));
}

const plain = (text: string): string => splitLines(text).join('\n');
