import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pythonFolder, pythonIn } from '../../python/environment.ts';

/** A real Ray on this machine, whose nodes can be killed. */
export interface RayCluster {
  /** As `--executor` takes it. */
  readonly executor: string;
  /** Ray's own files: a part of the command line of each of its processes. */
  readonly folder: string;
  /** Ends a node as a power cut would. */
  readonly kill: (node: number) => Promise<void>;
  readonly add: () => Promise<void>;
  /** Ends all of it. */
  readonly close: () => Promise<void>;
}

interface Said {
  readonly address?: string;
  readonly folder?: string;
}

/** The Python that has Ray (`npm run python`). */
export const rayPython = (): string => pythonIn(pythonFolder());

/** Starts nodes of so many CPUs; `cache`: the folder of Cortex's own on them. */
export async function startRay(
  { nodes, cpus }: { readonly nodes: number; readonly cpus: number },
  cache: string,
): Promise<RayCluster> {
  const script = join(import.meta.dirname, 'cluster.py');
  const child = spawn(rayPython(), ['-B', script, String(nodes), String(cpus)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, CORTEX_CACHE: cache },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async (): Promise<Said> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The cluster has ended.');
    return JSON.parse(value) as Said;
  };
  const tell = async (line: string): Promise<void> => {
    child.stdin.write(`${line}\n`);
    await hear();
  };
  const { address = '', folder = '' } = await hear();
  return {
    executor: `ray:${address}`,
    folder,
    kill: (node) => tell(`kill ${node}`),
    add: () => tell('add'),
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
