/** Composition of what trains on a Ray cluster; a part of compose.ts. */
import { availableParallelism, hostname, totalmem } from 'node:os';
import { join } from 'node:path';
import { attachedFolder } from '../adapters/files/attachedStudy.ts';
import { findPython } from '../adapters/python/findPython.ts';
import { PASSED_ON, type Launch } from '../execution/launch.ts';
import type { RayNode } from '../execution/ray/bridgeMessages.ts';
import { roomFor } from '../execution/ray/fitting.ts';
import { RayWorkers, type RayPlace } from '../execution/ray/rayWorkers.ts';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import { BUILDER_NAMES } from '../model/modelFile.ts';
import type { Machine, Machines } from '../study/machines.ts';
import { pythonChoice } from './composePython.ts';

/** Workers on the cluster that the user named; `null` where trials train on this machine. */
export function composeRay(
  options: EngineOptions,
  files: Pick<RayPlace, 'needed'> & { readonly sources: RayPlace['sources'] },
): RayWorkers | null {
  const { executor = 'local', workers, distFolder, cortexVersion, builderNames } = options;
  if (executor === 'local' || executor === '') return null;
  return new RayWorkers({
    executor,
    slots: workers,
    bridge: () => bridgeLaunch(options),
    assetFolder: distFolder,
    nodeProgram: nodeToSend(options),
    cortexVersion,
    builderNames: [...BUILDER_NAMES, ...builderNames],
    attachedFolder: attachedFolder(),
    mayRunUnheld: options.mayRunUnheld ?? (() => Promise.resolve(false)),
    onNotice: (text) => options.onEvent({ kind: 'notice', text }),
    ...files,
  });
}

/** VS Code's own executable is no Node without the files around it. */
const nodeToSend = ({ nodePath }: EngineOptions): string | null =>
  process.versions['electron'] !== undefined && nodePath === process.execPath ? null : nodePath;

/** The Python with Ray: the one that is named, or the first that has it. */
async function bridgeLaunch(options: EngineOptions): Promise<Launch> {
  const folder = process.cwd();
  const choice = await pythonChoice(folder, options);
  const assetFolder = join(options.distFolder, 'ray');
  return {
    program: await findPython({ folder, framework: 'ray', ...choice }),
    arguments: ['-B', join(assetFolder, 'bridge.py')],
    folder: assetFolder,
    passedOn: [...PASSED_ON, 'VIRTUAL_ENV', 'CONDA_PREFIX', 'PYTHONPATH', ...ofRay()],
    environment: { PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
    assetFolder,
    runtimeFolders: [],
  };
}

/** What the user has set for Ray: certificates, time limits, addresses. */
const ofRay = (): readonly string[] =>
  Object.keys(process.env).filter((name) => name.startsWith('RAY_'));

/** Where trials train, for people; `workers`: how many train side by side on this machine. */
export async function machinesOf(cluster: RayWorkers | null, workers: number): Promise<Machines> {
  if (!cluster) return { executor: 'local', ray: null, slots: workers, machines: [own(workers)] };
  const { executor, ray, nodes } = await cluster.survey();
  const machines = nodes.map(machineOf);
  return { executor, ray, machines, slots: machines.reduce((sum, { slots }) => sum + slots, 0) };
}

const own = (slots: number): Machine => ({
  host: hostname(),
  address: '127.0.0.1',
  cpus: availableParallelism(),
  freeCpus: null,
  gpus: 0,
  memoryMB: Math.floor(totalmem() / 2 ** 20),
  slots,
  platform: `${process.platform}-${process.arch}`,
  versions: { node: process.versions.node },
  clockAhead: 0,
});

const ONE = { cpus: 1, gpus: 0, memoryMB: 0 };

function machineOf({ facts, ...node }: RayNode): Machine {
  const { host, address, cpus, freeCpus, gpus, memoryMB } = node;
  return {
    host,
    address,
    cpus,
    freeCpus,
    gpus,
    memoryMB,
    slots: roomFor([node], ONE),
    platform: facts?.platform ?? '',
    versions: facts && {
      python: facts.python,
      ...facts.packages,
      ...(facts.nodeProgram && { node: facts.nodeProgram.version }),
    },
    clockAhead: facts && facts.clockAhead,
  };
}
