import { hostname } from 'node:os';
import * as z from 'zod';
import { isRunning, startOf } from './runningProcess.ts';

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

/** Stands for the owner of an attempt that has ended and could not be put on its branch. */
export const FINISHED = 'finished';

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
