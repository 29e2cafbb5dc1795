import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forecast } from '../../src/log/forecast.ts';
import { ThreadLogs } from '../../src/adapters/files/threadLogs.ts';
import {
  NEW_SEEDS,
  NEW_SHAPES,
  scoreDiagnosis,
  scoreShortRuns,
} from '../../test/unit/trainingLog/scoreDiagnosis.ts';
import type { Draws, Score } from '../../test/unit/trainingLog/scoreDiagnosis.ts';
import { scoreForecast } from '../../test/unit/trainingLog/scoreForecast.ts';
import { fixtureShare } from './logReading/fixtureShare.ts';
import { inventedRows } from './logReading/inventedRows.ts';
import { manyKeys } from './logReading/manyKeys.ts';
import { stepSpeed } from './logReading/stepSpeed.ts';
import { unknownShape } from './logReading/unknownShape.ts';
import { worstLine } from './logReading/worstLine.ts';
import type { Row } from './row.ts';

const gigabyte = 1e9;
const epochs = 100;
const goal = {
  speed: 50,
  manyKeys: 2,
  exact: 0.97,
  worst: 20,
  memory: 150,
  blocked: 50,
  right: 0.95,
  falseAlarms: 0.05,
  inInterval: 0.9,
  forecast: 20,
} as const;

/**
 * One way of writing a log: what stands before it, what an epoch begins with, its step `i`, what it
 * ends with; `@` is its number.
 */
interface Kind {
  readonly head?: string;
  readonly begin?: string;
  readonly step: (i: number) => string;
  readonly end?: string;
}

const pair = 'loss: #1 - val_loss: #2';
const kinds: Readonly<Record<string, Kind>> = {
  'Keras console': {
    begin: `Epoch @/${epochs}\n`,
    step: (i) =>
      `\u001b[1m${i + 1}/9999\u001b[0m ` +
      `${'\u001b[32m━\u001b[0m'.slice(0, 5)}${'━'.repeat(i % 20)}\u001b[0m` +
      `\u001b[37m${'━'.repeat(19 - (i % 20))}\u001b[0m ` +
      `\u001b[1m${i % 60}s\u001b[0m ${i % 9}ms/step - accuracy: ${fraction(i * 7, 4)} - ` +
      `loss: ${fraction(i, 4)}\r`,
    end: `9999/9999 - 12s - 3ms/step - ${pair}\n`,
  },
  'PyTorch-style lines': {
    step: (i) =>
      `2026-03-01 10:00:${two(i % 60)},${100 + (i % 900)} INFO epoch=@ step=${i} ` +
      `loss=${fraction(i, 5)} grad_norm=${fraction(i * 3, 3)} lr=1.0e-03 ` +
      `tokens_per_s=${10_000 + (i % 999)}\n`,
    end: 'epoch=@ done: loss=#1 val_loss=#2\n',
  },
  'CSV of every step': {
    head: 'epoch,step,train_loss,train_acc,lr,val_loss\n',
    step: (i) => `@,${i},${fraction(i, 16)},${fraction(i * 7, 6)},0.001,\n`,
    end: '@,9999,,,,#2\n',
  },
  'JSON lines': {
    step: (i) =>
      `{"epoch": @, "step": ${i}, "train_loss": ${fraction(i, 16)}, "grad_norm": ` +
      `${fraction(i * 3, 16)}, "lr": 0.001, "time": ` +
      `${1_767_225_600 + i}.${100 + (i % 900)}}\n`,
    end: '{"epoch": @, "train_loss": #1, "val_loss": #2}\n',
  },
  "other programs' lines": {
    step: (i) =>
      `2026-03-01 10:00:${two(i % 60)} worker ${i % 8} DEBUG fetched shard ${i} in ` +
      `0.${i % 10} s from cache, queue length ${i % 37}\n`,
    end: 'epoch=@ done: loss=#1 val_loss=#2\n',
  },
};

/**
 * Logs of a gigabyte of each kind, read as the hosts read them, in a thread: speed beside
 * `grep -c`, memory, longest time the event loop of the host was held. Then every finding on drawn
 * runs whose truth is known.
 */
export async function bench(): Promise<Row[]> {
  return [...(await reading()), ...(await diagnosing())];
}

/**
 * On seeds that no threshold was chosen on, of the shapes they were chosen on and of others;
 * docs/diagnosis.md says what a signal is.
 */
async function diagnosing(): Promise<Row[]> {
  return [
    ...(await grammarRows()),
    ...scored('shapes that thresholds were chosen on', NEW_SEEDS),
    ...scored('shapes that none was chosen on', NEW_SHAPES),
    {
      figure: 'diagnosis of shorter runs, at the same signal',
      goal: 'none set',
      measured: '',
      ratio: '–',
      met: true,
    },
    ...scoreShortRuns(NEW_SEEDS).map((score): Row => ({
      ...rowOf(score),
      goal: '',
      measured:
        `${measuredOf(score)} (${score.epochs.join('–')} epochs` +
        (score.possible === null
          ? ')'
          : `; a test that knows shape, place and noise: ${percent(score.possible)} right)`),
      ratio: score.possible === null ? '–' : (score.right / score.possible).toFixed(2),
      met: true,
    })),
    ...scoreForecast(NEW_SEEDS).map(({ curves, held, given }): Row => ({
      figure: `interval of a forecast (95 %): ${curves}`,
      goal: `≥ ${percent(goal.inInterval)} of the values in it`,
      measured: `${percent(held)}, given for ${percent(given)}, else it cannot tell`,
      ratio: (held / goal.inInterval).toFixed(2),
      met: held >= goal.inInterval,
    })),
    forecastTime(),
  ];
}

function scored(shapes: string, draws: Draws): Row[] {
  const findings = scoreDiagnosis(draws).map(rowOf);
  const runs = draws.runs * draws.shapes.length * draws.noises.length;
  return [
    {
      figure: `diagnosis of ${runs} runs each: ${shapes}`,
      goal: '',
      measured: '',
      ratio: '–',
      met: findings.every(({ met }) => met),
    },
    ...findings,
  ];
}

function rowOf(score: Score): Row {
  const { name, signal, right, falseAlarms } = score;
  return {
    figure: `  ${name}`,
    signal: signal === null ? 'none: exact' : signal.toFixed(1),
    goal: falseAlarms === null ? '≥ 95 % right' : '≥ 95 % right, ≤ 5 % false alarms',
    measured: measuredOf(score),
    ratio: (right / goal.right).toFixed(2),
    met: right >= goal.right && (falseAlarms ?? 0) <= goal.falseAlarms,
  };
}

const measuredOf = ({ right, falseAlarms }: Score): string =>
  `${percent(right)} right${falseAlarms === null ? '' : `, ${percent(falseAlarms)} false alarms`}`;

/** Of one core, for a curve of 200 epochs that are not thinned beforehand. */
function forecastTime(): Row {
  const values = Array.from(
    { length: 200 },
    (_, i) => 1 + Math.exp(-i / 60) + 0.01 * Math.sin(i * i),
  );
  const times = Array.from({ length: 20 }, () => {
    const cpu = process.cpuUsage();
    forecast(values);
    return process.cpuUsage(cpu).user / 1000;
  }).sort((a, b) => a - b);
  const time = times[10] ?? NaN;
  return {
    figure: '  its time, 200 epochs',
    goal: `≤ ${goal.forecast} ms`,
    measured: `${time.toFixed(1)} ms`,
    ratio: (time / goal.forecast).toFixed(2),
    met: time <= goal.forecast,
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

async function reading(): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'cortex-logs-'));
  const logs = new ThreadLogs(join(import.meta.dirname, '../../src/adapters/files/logWorker.ts'));
  try {
    for (const [name, kind] of Object.entries(kinds))
      rows.push(...(await measure(join(folder, 'train.log'), logs, { name, kind })));
  } finally {
    await logs.dispose();
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}

/** Reading logs that nobody has described: speed, share right, worst line. */
async function grammarRows(): Promise<Row[]> {
  const { right, of } = await fixtureShare();
  const { median, worst } = worstLine(1_000_000);
  const { known, unknown } = unknownShape();
  return [
    stepSpeed(goal.speed),
    ...manyKeys(goal.manyKeys),
    {
      figure: `logs of the tests, ${of} read in full`,
      goal: `≥ ${100 * goal.exact} %`,
      measured: percent(right / of),
      ratio: (right / of / goal.exact).toFixed(2),
      met: right / of >= goal.exact,
    },
    ...inventedRows(goal.exact),
    {
      figure: 'worst time per byte over 1,000,000 changed lines',
      goal: `≤ ${goal.worst} times the median`,
      measured: `${(worst / median).toFixed(1)} times ${median.toFixed(0)} ns`,
      ratio: (worst / median / goal.worst).toFixed(2),
      met: worst <= goal.worst * median,
    },
    {
      figure: 'lines of a shape never seen before',
      goal: 'as fast as known ones, within a fifth',
      measured: `${unknown.toFixed(0)} MB/s, known ${known.toFixed(0)} MB/s`,
      ratio: (unknown / known).toFixed(2),
      met: unknown >= 0.8 * known,
    },
  ];
}

async function measure(
  path: string,
  logs: ThreadLogs,
  { name, kind }: { readonly name: string; readonly kind: Kind },
): Promise<Row[]> {
  await write(path, kind);
  const megabytes = (await stat(path)).size / 1e6;
  const grep = megabytes / seconds(() => execFileSync('grep', ['-c', 'val_loss', path]));
  const before = process.memoryUsage().rss;
  const watch = watchLoop(before);
  const cpu = process.cpuUsage();
  const log = await logs.read(path);
  const { user, system } = process.cpuUsage(cpu);
  const { blocked, own, memory } = watch();
  if (log.epochs.length !== epochs)
    throw new Error(`${name}: ${log.epochs.length} epochs were read instead of ${epochs}.`);
  const speed = megabytes / ((user + system) / 1e6);
  return [
    {
      figure: `log of 1 GB, ${name}`,
      goal: `≥ ${goal.speed} MB/s of one core`,
      measured:
        `${speed.toFixed(0)} MB/s (grep -c: ${grep.toFixed(0)}, ${(grep / speed).toFixed(1)} ` +
        'times as fast)',
      ratio: (speed / goal.speed).toFixed(2),
      met: speed >= goal.speed,
    },
    {
      figure: '  memory above the start',
      goal: `≤ ${goal.memory} MB`,
      measured: `${memory.toFixed(0)} MB`,
      ratio: (memory / goal.memory).toFixed(2),
      met: memory <= goal.memory,
    },
    {
      figure: '  event loop held at most',
      goal: `≤ ${goal.blocked} ms`,
      measured: `${blocked.toFixed(0)} ms, ${own.toFixed(0)} ms of them its own work`,
      ratio: (blocked / goal.blocked).toFixed(2),
      met: blocked <= goal.blocked,
    },
  ];
}

async function write(path: string, { head = '', begin = '', step, end = '' }: Kind): Promise<void> {
  const file = await open(path, 'w');
  const steps = Array.from({ length: 9_998 }, (_, i) => step(i)).join('');
  const times = Math.ceil(gigabyte / epochs / Buffer.byteLength(steps));
  const fill = (text: string, epoch: number): string =>
    text
      .replaceAll('@', String(epoch))
      .replace('#1', fraction(epoch, 4))
      .replace('#2', fraction(epoch * 2, 4));
  await file.write(head);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const block = steps.replaceAll('@', String(epoch));
    await file.write(fill(begin, epoch));
    for (let i = 0; i < times; i += 1) await file.write(block);
    await file.write(fill(end, epoch));
  }
  await file.close();
}

/** What the event loop of the host went through. */
interface Watched {
  /** Longest time between two looks in milliseconds, and the most that its thread worked. */
  readonly blocked: number;
  readonly own: number;
  /** In megabytes above the start. */
  readonly memory: number;
}

/** Looks at the event loop and the memory until asked. */
function watchLoop(start: number): () => Watched {
  let [blocked, own, memory] = [0, 0, 0];
  let [last, worked] = [performance.now(), workOfThread()];
  const timer = setInterval(() => {
    const now = performance.now();
    const work = workOfThread();
    blocked = Math.max(blocked, now - last);
    own = Math.max(own, work - worked);
    memory = Math.max(memory, (process.memoryUsage.rss() - start) / 1e6);
    [last, worked] = [now, work];
  }, 1);
  return () => {
    clearInterval(timer);
    return { blocked, own, memory };
  };
}

/** Milliseconds of a core that this thread has used. */
function workOfThread(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e3;
}

function seconds(action: () => unknown): number {
  const begun = performance.now();
  action();
  return (performance.now() - begun) / 1000;
}

const two = (n: number): string => String(n).padStart(2, '0');
const fraction = (i: number, decimals: number): string =>
  (((i * 7919) % 100_003) / 100_003).toFixed(decimals);
