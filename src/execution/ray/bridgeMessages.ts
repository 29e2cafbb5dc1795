/**
 * What the bridge to Ray (`workers/ray/bridge.py`) says: one JSON document a line on descriptor 3;
 * `heard` is followed by so many bytes. A slot is known by the number that it was started with.
 */
import * as z from 'zod';
import { refusalSchema } from '../refusal.ts';
import type { DeepReadonly } from '../../util/deepReadonly.ts';

/** What stands on a node, as it told itself. */
const factsSchema = z.object({
  node: z.string(),
  host: z.string(),
  /** `linux-x64`, as Node names it. */
  platform: z.string(),
  python: z.string(),
  interpreter: z.string(),
  packages: z.record(z.string(), z.string()),
  /** `null`: none was found there. */
  nodeProgram: z.object({ path: z.string(), version: z.string() }).nullable(),
  freeMB: z.number(),
  /** By how many seconds its clock is before this machine's. */
  clockAhead: z.number(),
});

const nodeSchema = z.object({
  id: z.string(),
  host: z.string(),
  address: z.string(),
  /** In all, taken or not. */
  cpus: z.number(),
  /** What nobody has taken now; `null`: this Ray does not tell. */
  freeCpus: z.number().nullable(),
  gpus: z.number(),
  memoryMB: z.number(),
  /** `null`: it was not asked, or did not answer. */
  facts: factsSchema.nullable(),
});

const openedSchema = z.object({
  type: z.literal('opened'),
  ray: z.string(),
  python: z.string(),
  nodes: z.array(nodeSchema),
});

const endedSchema = z.object({
  type: z.literal('ended'),
  slot: z.number(),
  /** `lost`: its node is gone, or Ray ended it; `exit`: the program ended by itself. */
  how: z.enum(['lost', 'exit']),
  code: z.number().nullable(),
  stderr: z.array(z.string()),
});

/** From the bridge. */
export const fromBridgeSchema = z.discriminatedUnion('type', [
  openedSchema,
  z.object({ type: z.literal('surveyed'), id: z.number(), nodes: z.array(nodeSchema) }),
  z.object({ type: z.literal('started'), slot: z.number(), facts: factsSchema }),
  z.object({ type: z.literal('placed'), slot: z.number(), id: z.number(), root: z.string() }),
  z.object({ type: z.literal('heard'), slot: z.number(), bytes: z.int().nonnegative() }),
  endedSchema,
  /** `slot` is `null` where there is no Ray at all. */
  z.object({ type: z.literal('refused'), slot: z.number().nullable(), error: refusalSchema }),
]);

export type FromBridge = DeepReadonly<z.infer<typeof fromBridgeSchema>>;
export type Facts = DeepReadonly<z.infer<typeof factsSchema>>;
export type RayNode = DeepReadonly<z.infer<typeof nodeSchema>>;
export type Opened = DeepReadonly<z.infer<typeof openedSchema>>;

/** What a slot takes of its node; memory in MiB. */
export interface Resources {
  readonly cpus: number;
  readonly gpus: number;
  readonly memoryMB: number;
}

/** A file as it is found on a node, below the tree's folder, with `/` between its parts. */
export interface TreeFile {
  readonly path: string;
  /** Absolute, on this machine. */
  readonly from: string;
  readonly sha256: string;
  readonly executable: boolean;
}

/** Files that are brought to a node together; `hash` stands for all of them. */
export interface Tree {
  readonly hash: string;
  readonly files: readonly TreeFile[];
}

/** A program to be started on a node. */
export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** To the bridge; `say` is followed by so many bytes. */
export type ToBridge =
  | { readonly type: 'open'; readonly address: string }
  | { readonly type: 'survey'; readonly id: number }
  | { readonly type: 'start'; readonly slot: number; readonly resources: Resources }
  | {
      readonly type: 'place';
      readonly slot: number;
      readonly id: number;
      readonly tree: Tree;
    }
  | { readonly type: 'run'; readonly slot: number; readonly command: Command }
  | { readonly type: 'say'; readonly slot: number; readonly bytes: number }
  | { readonly type: 'stop'; readonly slot: number };
