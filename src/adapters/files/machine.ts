import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from '../../ports/surroundings.ts';

const MEBIBYTE = 1024 ** 2;
const POWER = '/sys/class/power_supply';

/** This machine. Windows knows no load; only Linux tells of its battery here. */
export const machine: Surroundings = {
  now: async () => ({
    loadPerCore: process.platform === 'win32' ? null : (loadavg()[0] ?? 0) / availableParallelism(),
    freeMemoryMB: (await availableMemory()) / MEBIBYTE,
    onBattery: await isOnBattery(POWER),
  }),
  awakeMs: () => performance.now(),
  wait: (milliseconds, signal) =>
    sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    }),
};

/** Linux counts caches as used; `MemAvailable` does not (proc(5)). */
const availableMemory = async (): Promise<number> => {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1024;
};

/** `null` where there is no battery, or nobody says. */
async function isOnBattery(folder: string): Promise<boolean | null> {
  const names = await readdir(folder).catch(() => []);
  const states = await Promise.all(
    names.map((name) => readFile(join(folder, name, 'status'), 'utf8').catch(() => '')),
  );
  const known = states.map((state) => state.trim()).filter((state) => state !== '');
  return known.length === 0 ? null : known.includes('Discharging');
}
