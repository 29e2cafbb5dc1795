import type { Study } from '../study/study.ts';
import type { WorkerAsked } from './lane.ts';
import { RUNTIMES } from './runtimes.ts';
import type { Place } from './runtimes.ts';
import { rightsOf } from './sandbox/rights.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import type { WorkerOptions } from './workerProcess.ts';

/** Where the workers' parts are, and what they are told when they start. */
export interface WorkerSurroundings extends Place {
  readonly builderNames: readonly string[];
  readonly cortexVersion: string;
  readonly sources: Sources;
  /** Whether code of a proposal may run where nothing confines it; absent: it may not. */
  readonly mayRunUnheld?: () => Promise<boolean>;
}

/** The files of the user's that building a study's model, or a variant of it, needs to read. */
export type Sources = (study: Study, text: string | null) => Promise<readonly string[]>;

/** The runtime trains models that come as data: no line of a variant runs where the data are. */
export const takesModels = (name: string): boolean =>
  RUNTIMES.some(
    (runtime) => runtime.name === name && runtime.capabilities.includes('models-as-data'),
  );

/** How a worker of a runtime is started for a study, and greeted. */
export async function workerOptions(
  { runtime: name, study, role, variant }: WorkerAsked,
  surroundings: WorkerSurroundings,
  sandbox: Sandbox,
): Promise<WorkerOptions> {
  const runtime = RUNTIMES.find((each) => each.name === name);
  if (!runtime) throw new Error(`There is no runtime called ${name}.`);
  const launch = await runtime.launch(surroundings, study);
  const { assetFolder, runtimeFolders } = launch;
  const { builderNames, cortexVersion } = surroundings;
  const sources = await surroundings.sources(study, variant?.text ?? null);
  const { memoryMB } = study.config.limits;
  return {
    launch:
      // A script of the user's own is covered by a mount of its own, which no sandbox lets it make.
      role === 'trainer' || study.config.script !== undefined
        ? sandbox.tie(launch)
        : sandbox.confine(launch, await rightsOf(study, { sources, launch })),
    hello: {
      cortex: cortexVersion,
      runtime: name,
      role,
      builderNames,
      assetFolder,
      runtimeFolders,
      resources: { memoryMB },
    },
  };
}
