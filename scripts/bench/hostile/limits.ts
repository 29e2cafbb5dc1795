import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSandbox } from '../../../src/execution/sandbox/sandbox.ts';
import { rightsOf } from '../../../src/execution/sandbox/rights.ts';
import { supervise } from '../../../src/execution/supervise.ts';
import { workerOptions } from '../../../src/execution/workerOptions.ts';
import { WorkerProcess } from '../../../src/execution/workerProcess.ts';
import type { Launch } from '../../../src/execution/launch.ts';
import {
  builderText,
  DIST,
  makeFolder,
  NEVER,
  studyOn,
  variantOf,
} from '../../../test/integration/trainer/harness.ts';
import { sources } from '../../../test/support/attemptStore.ts';
import type { Row } from '../row.ts';

const TERM_SECONDS = 2;
/** Time enough to fill any memory. */
const LONG_SECONDS = 60;
const MEMORY_MB = 1000;
const TIMES = 5;
const STARTS = 20;
const TRIAL_MS = 20_000;

const LOOP = 'for (;;);';
const HOG = 'const all: any[] = []; for (;;) all.push(Buffer.alloc(1e7, 1));';

/** How far variants that hang or fill the memory get beyond their limits; what confining costs. */
export async function limitRows(): Promise<Row[]> {
  const { folder, remove } = await makeFolder({ 'model.ts': builderText() });
  const late = await worstOf(() => lateBy(folder));
  const above = await worstOf(() => aboveBy(folder));
  const cost = await costOfConfining(folder);
  await remove();
  return [
    row('a variant that hangs: beyond its term', late, { most: 50, unit: 'ms' }),
    row('a variant that fills the memory: beyond its limit', above, { most: 5, unit: '%' }),
    row('confining a process', cost, { most: 20, unit: 'ms' }),
    row('confining, of a trial of 20 s', (cost / TRIAL_MS) * 100, { most: 2, unit: '%' }),
  ];
}

interface Bound {
  readonly most: number;
  readonly unit: 'ms' | '%';
}

const row = (figure: string, value: number, { most, unit }: Bound): Row => ({
  figure,
  goal: `at most ${most} ${unit}`,
  measured: `${value.toFixed(2)} ${unit}`,
  ratio: '–',
  met: value <= most,
});

async function worstOf(measure: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let time = 0; time < TIMES; time += 1) all.push(await measure());
  return Math.max(...all);
}

/** Builds a variant in so many seconds at most; `onStart` is told when its term begins. */
async function build(
  folder: string,
  { inside, seconds }: { readonly inside: string; readonly seconds: number },
  onStart: (pid: number) => void = () => undefined,
): Promise<number> {
  const limits = { trialSeconds: seconds, memoryMB: MEMORY_MB };
  const study = studyOn(folder, { limits });
  const { path, text } = variantOf(study, builderText({ inside }));
  const variant = { path, text, language: 'typescript' as const };
  const worker = await WorkerProcess.start(
    await workerOptions(
      { runtime: 'wasm', study, role: 'builder', variant },
      surroundings,
      findSandbox(DIST),
    ),
  );
  const { config } = study;
  const shape = { inputShape: [4], outputUnits: 3, task: 'classification' } as never;
  let began = performance.now();
  await supervise({
    worker,
    request: {
      type: 'build',
      id: 'bench',
      study: { folder, config },
      variant,
      shape,
    },
    limits: { ...limits, dataSeconds: 60, buildSeconds: seconds },
    signal: NEVER,
    onReply: (reply) => {
      if (reply.type !== 'phase') return;
      began = performance.now();
      onStart(worker.pid);
    },
  });
  return (performance.now() - began) / 1000;
}

const surroundings = {
  nodePath: process.execPath,
  workerPath: join(DIST, 'worker.cjs'),
  assetFolder: DIST,
  tfjsNodeFolders: () => [],
  builderNames: ['buildModel'],
  cortexVersion: '0.1.0',
  sources,
};

async function lateBy(folder: string): Promise<number> {
  const seconds = await build(folder, { inside: LOOP, seconds: TERM_SECONDS });
  return (seconds - TERM_SECONDS) * 1000;
}

/** Percent of the limit, of the most memory that was seen. */
async function aboveBy(folder: string): Promise<number> {
  let most = 0;
  let timer: NodeJS.Timeout | undefined;
  await build(folder, { inside: HOG, seconds: LONG_SECONDS }, (pid) => {
    timer = setInterval(() => (most = Math.max(most, peakOf(pid))), 1);
  });
  clearInterval(timer);
  return (most / MEMORY_MB - 1) * 100;
}

/** Megabytes; of the process itself or the one it became inside namespaces of its own. */
function peakOf(pid: number): number {
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    const own = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.max(Number(own?.[1] ?? 0) / 1024, child ? peakOf(Number(child)) : 0);
  } catch {
    // It has just been ended.
    return 0;
  }
}

/** Milliseconds that a start takes longer, confined: the median of pairs. */
async function costOfConfining(folder: string): Promise<number> {
  const study = studyOn(folder);
  const launch: Launch = {
    program: process.execPath,
    arguments: ['-e', '0'],
    folder,
    passedOn: ['PATH'],
    environment: {},
    assetFolder: DIST,
    runtimeFolders: [],
  };
  const rights = await rightsOf(study, { sources: [], launch });
  const confined = findSandbox(DIST).confine(launch, rights);
  const differences = Array.from({ length: STARTS }, () => startOf(confined) - startOf(launch));
  return differences.toSorted((a, b) => a - b)[STARTS / 2] ?? 0;
}

function startOf({ program, arguments: given, folder }: Launch): number {
  const began = performance.now();
  execFileSync(program, [...given], { cwd: folder });
  return performance.now() - began;
}
