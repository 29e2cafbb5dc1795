import { executorUnknown } from './errors.ts';

/** `host:port`, also in brackets (IPv6). */
const PLACE = /^(?:\[[0-9a-f:.]+\]|[\w.-]+):\d{1,5}$/i;

/**
 * The address of the Ray that trials train on: `local` for one of its own, `auto`, `host:port` or
 * `ray://host:port`; `null` where they train on this machine. Throws for anything else.
 */
export function rayAddress(executor: string): string | null {
  if (executor === '' || executor === 'local') return null;
  if (executor === 'ray') return 'local';
  const client = /^ray:\/\/(.+)$/.exec(executor)?.[1];
  if (client !== undefined && PLACE.test(client)) return executor;
  const address = /^ray:(.+)$/.exec(executor)?.[1] ?? '';
  if (address === 'auto' || PLACE.test(address)) return address;
  throw executorUnknown(executor);
}
