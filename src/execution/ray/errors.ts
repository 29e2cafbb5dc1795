import { CortexError } from '../../util/errors.ts';
import type { Facts, Resources } from './bridgeMessages.ts';

const STAY = '--executor local (cortex.executor) trains on this machine.';

export const executorUnknown = (text: string): CortexError =>
  new CortexError({
    code: 'executor-unknown',
    kind: 'input',
    happened: `There is no executor called "${text}".`,
    expected:
      '"local", "ray" (a Ray of its own on this machine), "ray:auto" (the one that runs ' +
      'here), "ray:host:6379" or "ray://host:10001".',
    remedy: 'Correct --executor, or the setting cortex.executor.',
  });

export const bridgeEnded = (stderr: readonly string[]): CortexError =>
  new CortexError({
    code: 'ray-ended',
    kind: 'environment',
    happened:
      'The connection to Ray has ended.' +
      (stderr.length > 0 ? ` Its last words: ${stderr.slice(-3).join(' | ')}` : ''),
    expected: 'a cluster whose head stays up while it is used.',
    remedy: `Start again when it is back: what had finished is kept. ${STAY}`,
  });

export const raySilent = (address: string, seconds: number): CortexError =>
  new CortexError({
    code: 'ray-silent',
    kind: 'environment',
    happened: `Ray at ${address} did not answer within ${seconds} s.`,
    expected: 'the head of a Ray cluster behind that address.',
    remedy: `See with "ray status" whether it is up, and whether its port is this one. ${STAY}`,
  });

export const noRoom = ({ cpus, gpus, memoryMB }: Resources, nodes: number): CortexError =>
  new CortexError({
    code: 'ray-no-room',
    kind: 'environment',
    happened:
      `None of the cluster's nodes (${nodes}) has ${cpus} CPU${gpus > 0 ? `, ${gpus} GPU` : ''} ` +
      `and ${memoryMB} MB: no trial fits.`,
    expected: 'a node that is as large as a trial.',
    remedy: 'Ask for less in cortex.json ("resources", "limits.memoryMB"), or add a larger node.',
  });

export const otherVersions = (facts: Facts, differences: readonly string[]): CortexError =>
  new CortexError({
    code: 'ray-node-versions',
    kind: 'environment',
    happened: `The node ${facts.host} has versions of its own: ${differences.join(', ')}.`,
    expected: 'the same versions on every node: trials of others are no pairs.',
    remedy: 'Install the same versions there; until then it is left out.',
  });

export const noNodeProgram = (
  { host, nodeProgram, platform }: Facts,
  sent: string | null,
): CortexError =>
  new CortexError({
    code: 'ray-node-without-node',
    kind: 'environment',
    happened:
      `The node ${host} (${platform}) has ` +
      (nodeProgram === null ? 'no Node' : `Node ${nodeProgram.version}`) +
      `, and that of this machine${sent === null ? '' : ` (${sent})`} cannot be sent there.`,
    expected: 'Node 22.15 or newer on its PATH.',
    remedy: 'Install it there (nodejs.org), and start Ray there again.',
  });

export const slotsLost = (why: string): CortexError =>
  new CortexError({
    code: 'ray-slots-lost',
    kind: 'environment',
    happened: `A worker slot of the cluster was lost again and again before it was ready: ${why}`,
    expected: 'nodes that stay, and that start what they are given.',
    remedy: `See to the nodes with: cortex workers. ${STAY}`,
  });
