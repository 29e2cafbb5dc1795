import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import * as z from 'zod';

/** The process that works on an unfinished attempt. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /**
   * When the process started, in the system's own words; tells it from a later one with the same
   * number. `null` where unknown.
   */
  readonly started: string | null;
}

/** This process, as the text that stands in a draft's trailer. */
export async function describeOwner(): Promise<string> {
  const owner: Owner = { pid: process.pid, host: hostname(), started: await startOf(process.pid) };
  return JSON.stringify(owner);
}

/**
 * The process that wrote this text has ended. Of another machine's process, or where the system
 * does not tell a process's start, only age can tell: a week without a sign of life.
 */
export async function isOwnerGone(text: string | null, lastSign: number): Promise<boolean> {
  const owner = parseOwner(text);
  if (!owner) return true;
  const isOld = Date.now() - lastSign > WEEK;
  if (owner.host !== hostname()) return isOld;
  if (!isRunning(owner.pid)) return true;
  return owner.started === null ? isOld : (await startOf(owner.pid)) !== owner.started;
}

const WEEK = 7 * 24 * 3600 * 1000;

const ownerSchema = z.object({ pid: z.int(), host: z.string(), started: z.string().nullable() });

function parseOwner(text: string | null): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(text ?? ''));
  } catch {
    // Damaged by hand: nobody can claim such a draft, so it counts as left behind.
    return null;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** `null` where the system does not say; a zombie has no start, so it counts as ended. */
async function startOf(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return startOnLinux(pid);
  if (process.platform === 'win32') return null;
  return promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  }).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
}

/**
 * Field 22 of `stat` (clock ticks since boot), counted behind the command's name, which may hold
 * spaces; proc(5).
 */
async function startOnLinux(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${fields[19] ?? ''}@${boot.trim()}`;
  } catch {
    // The process has ended in between, or /proc is not there.
    return null;
  }
}
