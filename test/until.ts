import { setTimeout as sleep } from 'node:timers/promises';

/** How long a busy machine may take for what a calm one does at once. */
export const PATIENCE_SECONDS = 90;

/**
 * Asks again and again until `ask` gives a truthy answer; after `seconds` it rejects and says what
 * it was waiting for.
 */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  seconds = PATIENCE_SECONDS,
): Promise<NonNullable<T>> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`Waited ${seconds} s for ${what}.`);
    await sleep(100);
  }
}
