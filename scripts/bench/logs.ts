import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLogFile } from '../../src/files/readLogFile.ts';
import type { Row } from './row.ts';

const gigabyte = 1e9;
const epochs = 100;
const goal = { speed: 150, memory: 150, blocked: 50 } as const;

/** Makes line `i` of an epoch. */
type Writer = (i: number) => string;

/** What fills a log of a gigabyte: other programs' lines, a progress bar, values of every step. */
const kinds: Readonly<Record<string, Writer>> = {
  'worker messages': (i) => `2026-03-01 10:00:${two(i % 60)} worker ${i % 8} DEBUG fetched shard ${i} in 0.${i % 10} s from cache, queue length ${i % 37}\n`,
  'progress bars': (i) => `${i + 1}/9999 [${'='.repeat(i % 30)}>${'.'.repeat(29 - (i % 30))}] - ETA: ${i % 60}s - loss: ${fraction(i, 4)} - accuracy: ${fraction(i * 7, 4)}\r`,
  'a line per step': (i) => `epoch=@ step=${i} loss=${fraction(i, 5)} grad_norm=${fraction(i * 3, 3)} lr=1.0e-03 tokens_per_s=${10_000 + (i % 999)}\n`,
};

/** A log of a gigabyte of each kind: speed beside `grep -c` on the same file, memory above the start, longest time the event loop was held. */
export async function bench(): Promise<Row[]> {
  const rows: Row[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'cortex-logs-'));
  try {
    for (const [name, writer] of Object.entries(kinds)) rows.push(...(await measure(join(folder, 'train.log'), name, writer)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}

async function measure(path: string, name: string, writer: Writer): Promise<Row[]> {
  await write(path, writer);
  const megabytes = (await stat(path)).size / 1e6;
  const grep = seconds(() => execFileSync('grep', ['-c', 'val_loss', path]));
  const before = process.memoryUsage().rss;
  const watch = watchLoop(before);
  const cpu = process.cpuUsage();
  const log = await readLogFile(path);
  const { user, system } = process.cpuUsage(cpu);
  const { blocked, memory } = watch();
  if (log.epochs.length !== epochs) throw new Error(`${name}: ${log.epochs.length} epochs were read instead of ${epochs}.`);
  const speed = megabytes / ((user + system) / 1e6);
  return [
    { figure: `log of 1 GB, ${name}`, goal: `≥ ${goal.speed} MB/s of one core`, measured: `${speed.toFixed(0)} MB/s (grep -c: ${(megabytes / grep).toFixed(0)})`, ratio: (speed / goal.speed).toFixed(2), met: speed >= goal.speed },
    { figure: '  memory above the start', goal: `≤ ${goal.memory} MB`, measured: `${memory.toFixed(0)} MB`, ratio: (memory / goal.memory).toFixed(2), met: memory <= goal.memory },
    { figure: '  event loop held at most', goal: `≤ ${goal.blocked} ms`, measured: `${blocked.toFixed(0)} ms`, ratio: (blocked / goal.blocked).toFixed(2), met: blocked <= goal.blocked },
  ];
}

async function write(path: string, writer: Writer): Promise<void> {
  const file = await open(path, 'w');
  const lines = Array.from({ length: 9_998 }, (_, i) => writer(i)).join('');
  const times = Math.ceil(gigabyte / epochs / lines.length);
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    const block = lines.replaceAll('@', String(epoch));
    await file.write(`Epoch ${epoch}/${epochs}\n`);
    for (let i = 0; i < times; i += 1) await file.write(block);
    await file.write(`\nepoch=${epoch} done: loss=${fraction(epoch, 4)} val_loss=${fraction(epoch * 2, 4)}\n`);
  }
  await file.close();
}

/** Looks at the event loop and the memory until asked. */
function watchLoop(start: number): () => { blocked: number; memory: number } {
  let [blocked, memory, last] = [0, 0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last);
    memory = Math.max(memory, (process.memoryUsage.rss() - start) / 1e6);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return { blocked, memory };
  };
}

function seconds(action: () => unknown): number {
  const begun = performance.now();
  action();
  return (performance.now() - begun) / 1000;
}

const two = (n: number): string => String(n).padStart(2, '0');
const fraction = (i: number, decimals: number): string => (((i * 7919) % 100_003) / 100_003).toFixed(decimals);
