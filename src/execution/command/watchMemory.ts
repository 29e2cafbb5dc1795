import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 1_000;
const PAGE_KB = 4;

/**
 * Looks once a second at what a process and those it started hold in memory, and tells the first
 * time that it is more than allowed, in MiB; gives what ends the looking. Only where the system
 * shows it (Linux).
 */
export function watchMemory(
  group: number | undefined,
  mostMB: number,
  onMore: (usedMB: number) => void,
): () => void {
  if (group === undefined || process.platform !== 'linux') return () => undefined;
  const timer = setInterval(() => {
    const used = Math.round(residentKB(group) / 1024);
    if (used > mostMB) onMore(used);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}

/** Of all processes of a group. */
function residentKB(group: number): number {
  let pages = 0;
  for (const name of readdirSync('/proc'))
    if (/^\d+$/.test(name)) {
      const fields = statOf(name);
      if (Number(fields[2]) === group) pages += Number(fields[21]);
    }
  return pages * PAGE_KB;
}

/** The fields behind the name, which may hold anything; none where the process is gone. */
function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
