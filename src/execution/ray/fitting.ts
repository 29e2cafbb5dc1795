import type { Framework } from '../../model/pythonFramework.ts';
import type { CortexError } from '../../util/errors.ts';
import type { Facts, RayNode, Resources } from './bridgeMessages.ts';
import { noNodeProgram, otherVersions } from './errors.ts';

/** More slots than this are not asked for by themselves. */
const MOST_SLOTS = 64;

/** Shares such as 0.1 add up to a little less than they should. */
const ROUNDING = 1e-9;

/** How many slots of a size the nodes hold, were nothing else on them. */
export function roomFor(
  nodes: readonly Pick<RayNode, 'cpus' | 'gpus' | 'memoryMB'>[],
  size: Resources,
): number {
  const all = nodes.map((node) => slotsOn(node, size));
  return Math.min(
    MOST_SLOTS,
    all.reduce((sum, each) => sum + each, 0),
  );
}

function slotsOn(
  node: Pick<RayNode, 'cpus' | 'gpus' | 'memoryMB'>,
  { cpus, gpus, memoryMB }: Resources,
): number {
  const shares = [
    ...(cpus > 0 ? [node.cpus / cpus] : []),
    ...(gpus > 0 ? [node.gpus / gpus] : []),
    ...(memoryMB > 0 ? [node.memoryMB / memoryMB] : []),
  ];
  return Math.floor(Math.min(MOST_SLOTS, ...shares) + ROUNDING);
}

/** What trains a study, and so what its numbers may depend on beside its own files. */
export type Footing = Framework | 'node';

/** What is looked at on each node before trials go there. */
interface Terms {
  readonly footing: Footing;
  /** The node that the others are to be like. */
  readonly like: Facts;
  /** Platform of a Node that can be sent along; `null`: none can. */
  readonly sent: string | null;
}

/** Why a node cannot take trials of a study beside the others; `null` where it can. */
export function unfit(facts: Facts, { footing, like, sent }: Terms): CortexError | null {
  const other = differences(facts, like, footing);
  if (other.length > 0) return otherVersions(facts, other);
  return hasNode(facts) || facts.platform === sent ? null : noNodeProgram(facts, sent);
}

/** Node 22.15 or newer is there. */
export function hasNode({ nodeProgram }: Facts): boolean {
  const [major = 0, minor = 0] = (nodeProgram?.version ?? '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 15);
}

/** In what a node differs from another: `keras 3.14.0, not 3.15.1`. */
function differences(own: Facts, other: Facts, footing: Footing): readonly string[] {
  const a = versionsOf(own, footing);
  const b = versionsOf(other, footing);
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return names
    .filter((name) => a[name] !== b[name])
    .map((name) => `${name} ${a[name] ?? 'missing'}, not ${b[name] ?? 'missing'}`);
}

const versionsOf = (facts: Facts, footing: Footing): Readonly<Record<string, string>> => ({
  platform: facts.platform,
  ...(footing !== 'node' && { ...facts.packages, python: facts.python }),
});

/**
 * What most of the CPUs have in common, among the nodes that have the framework where any has;
 * `null`: none told.
 */
export function mostCommon(nodes: readonly RayNode[], footing: Footing): Facts | null {
  const told = nodes.flatMap(({ facts, cpus }) => (facts && cpus > 0 ? [{ facts, cpus }] : []));
  const able = told.filter(({ facts }) => has(facts, footing));
  const among = able.length > 0 ? able : told;
  const weight = (facts: Facts): number =>
    among
      .filter((other) => differences(facts, other.facts, footing).length === 0)
      .reduce((sum, { cpus }) => sum + cpus, 0);
  const [first] = among.toSorted((a, b) => weight(b.facts) - weight(a.facts));
  return first?.facts ?? null;
}

const has = ({ packages }: Facts, footing: Footing): boolean =>
  footing === 'node' ||
  packages[footing] !== undefined ||
  (footing === 'keras' && packages['tensorflow'] !== undefined);
