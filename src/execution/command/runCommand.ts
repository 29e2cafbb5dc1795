import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { createLogReader, type LogReader } from '../../log/readTrainingLog.ts';
import type { TrainingLog } from '../../log/trainingLog.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { Failure, Trial } from '../../record/trial.ts';
import type { CommandRun, LogSource } from './commandRun.ts';
import { STOPPED } from '../failures.ts';
import { stopReasonOf } from '../requestGuard.ts';
import { metricNotLogged } from './errors.ts';
import { LastLines } from './outputLines.ts';
import { RunWatch } from './runWatch.ts';
import { watchMemory } from './watchMemory.ts';

/** Milliseconds between two looks at what a command has printed. */
const LOOK_MS = 100;

/** Runs a command to its end, or stops it: its log is the trial. */
export async function runCommand(run: CommandRun, source: LogSource): Promise<Trial> {
  const started = performance.now();
  const watch = new RunWatch(run);
  const output = await finished(run, watch, source);
  const seconds = (performance.now() - started) / 1000;
  const log = await logOf(run, output, source);
  if (log) watch.see(log);
  return watch.trial({ seconds, failure: watch.stopped ?? failureOf(output, log, run) });
}

/** How a command ended, and what it printed. */
interface Output {
  readonly code: number | null;
  readonly signal: string | null;
  readonly readers: readonly LogReader[];
  readonly last: readonly string[];
}

async function finished(run: CommandRun, watch: RunWatch, source: LogSource): Promise<Output> {
  const [program, ...given] = run.ground.wrap(run.line.text);
  const child = spawn(program, given, {
    env: run.line.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const kill = (): void => endGroup(child.pid);
  watch.onStop = kill;
  const ended = new AbortController();
  const letGo = limited(child.pid, run.request, watch);
  const last = new LastLines();
  const readers = [child.stdout, child.stderr].map((stream) =>
    readerOf(stream, { run, watch, last }),
  );
  const following = follow(run, { watch, source, ended: ended.signal });
  try {
    const [code, by] = (await once(child, 'close')) as [number | null, string | null];
    return { code, signal: by, readers, last: last.lines };
  } finally {
    letGo();
    kill();
    ended.abort();
    await following;
  }
}

/** Time, memory and the user's own wish end a run; gives what takes these off again. */
function limited(
  pid: number | undefined,
  { study, signal }: CommandRun['request'],
  watch: RunWatch,
): () => void {
  const { trialSeconds, memoryMB } = study.config.limits;
  const onAbort = (): void => {
    const kind = stopReasonOf(signal);
    watch.stop(kind, STOPPED[kind]);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => {
    watch.stop('time', `The command took longer than limits.trialSeconds (${trialSeconds} s).`);
  }, trialSeconds * 1000);
  const forget = watchMemory(pid, memoryMB, (used) => {
    watch.stop('memory', `The command used ${used} MiB; limits.memoryMB allows ${memoryMB}.`);
  });
  return () => {
    clearTimeout(timer);
    forget();
    signal.removeEventListener('abort', onAbort);
  };
}

/** Reads what a stream of the command prints; the log is looked at as it grows. */
function readerOf(
  stream: Readable,
  { run, watch, last }: { run: CommandRun; watch: RunWatch; last: LastLines },
): LogReader {
  const { log: file, logPattern: pattern } = run.request.study.config;
  const reader = createLogReader('the command', pattern === undefined ? {} : { pattern });
  let looked = 0;
  stream.on('data', (chunk: Buffer) => {
    reader.push(chunk);
    last.push(chunk);
    if (performance.now() - looked < LOOK_MS || file !== undefined) return;
    looked = performance.now();
    const log = reader.peek();
    if (log) watch.see(log);
  });
  return reader;
}

/** A log in a file is read while it grows, once it is there. */
async function follow(
  { ground, request }: CommandRun,
  { watch, source, ended }: { watch: RunWatch; source: LogSource; ended: AbortSignal },
): Promise<void> {
  const { log, logPattern: pattern } = request.study.config;
  if (log === undefined) return;
  const options = { signal: ended, ...(pattern !== undefined && { pattern }) };
  const path = ground.written(log);
  try {
    while (!existsSync(path)) await wait(LOOK_MS, undefined, { signal: ended });
    for await (const now of source.followLog(path, options)) if (now) watch.see(now);
  } catch {
    // The run has ended first, or the file cannot be read, which is told at the end.
  }
}

/** The log of the run that has ended; `null` where it shows no epoch. */
async function logOf(
  { ground, request }: CommandRun,
  { readers }: Output,
  source: LogSource,
): Promise<TrainingLog | null> {
  const { config } = request.study;
  const { log, logPattern: pattern } = config;
  if (log !== undefined) {
    const options = pattern === undefined ? {} : { pattern };
    return source.readLog(ground.written(log), options).catch(() => null);
  }
  const { metric } = objectiveOf(config);
  const logs = readers.flatMap((reader) => {
    const read = reader.finish();
    return read.ok ? [read.value] : [];
  });
  return logs.find(({ series }) => metric in series) ?? logs[0] ?? null;
}

/** Why a run that came to its end by itself is no trial; `null` where it is one. */
function failureOf(
  { code, signal, last }: Output,
  log: TrainingLog | null,
  { request }: CommandRun,
): Failure | null {
  if (code !== 0) {
    const how = code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with code ${code}`;
    const said = last.at(-1);
    const words = said === undefined ? '' : ` Its last words: ${said}`;
    return { kind: 'builder', message: `The command ${how}.${words}`, line: null, stderr: last };
  }
  const { metric } = objectiveOf(request.study.config);
  const series = Object.entries(log?.series ?? {});
  const own = series.find(([name]) => name === metric)?.[1];
  if (own?.some((value) => value !== null)) return null;
  throw metricNotLogged(
    metric,
    series.map(([name]) => name),
  );
}

/** A command may have started others: all of them end. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
