import { killedNodes } from './machines/killedNodes.ts';
import { throughput } from './machines/throughput.ts';
import type { Row } from './row.ts';

/** Trials on a Ray of several nodes on this machine: what is lost to kills, and what it costs. */
export async function bench(): Promise<Row[]> {
  return [...(await killedNodes()), ...(await throughput())];
}
