import type { Host } from '../host.ts';
import { asCortexError } from '../errors.ts';

/**
 * Evidence with its lines as an editor numbers them: a click lands there, and the words say the
 * same. Records count as `grep -n` does; a log that is gone leaves it at that.
 */
export async function shownEvidence<Item extends { readonly lines: readonly number[] }>(
  evidence: readonly Item[],
  logPath: string | null,
  { engine, log }: Pick<Host, 'engine' | 'log'>,
): Promise<readonly Item[]> {
  const lines = [...new Set(evidence.flatMap((item) => item.lines))];
  if (logPath === null || lines.length === 0) return evidence;
  try {
    const shown = await (await engine.get()).editorLines(logPath, lines);
    const places = new Map(lines.map((line, index) => [line, shown[index] ?? line]));
    return evidence.map((item) => ({
      ...item,
      lines: item.lines.map((line) => places.get(line) ?? line),
    }));
  } catch (thrown) {
    log.debug(`${logPath}: ${asCortexError(thrown).message}`);
    return evidence;
  }
}
