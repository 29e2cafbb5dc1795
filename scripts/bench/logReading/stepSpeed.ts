import { createLogReader } from '../../../src/log/readTrainingLog.ts';
import type { Row } from '../row.ts';

const STEPS = 1_500_000;
const encoder = new TextEncoder();

/** A log whose every line is a step of its own, and the megabytes a second it should be read at. */
export function stepSpeed(least: number): Row {
  const speed = measured();
  return {
    figure: 'log of 80 MB whose every line is a step',
    goal: `≥ ${least} MB/s of one core`,
    measured: `${speed.toFixed(0)} MB/s`,
    ratio: (speed / least).toFixed(2),
    met: speed >= least,
  };
}

function measured(): number {
  const lines = Array.from({ length: STEPS }, (_, i) => lineOf(i));
  const bytes = encoder.encode(lines.join(''));
  const reader = createLogReader('a.log');
  const cpu = process.cpuUsage();
  const piece = 524_288;
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece));
  const log = reader.finish();
  const { user, system } = process.cpuUsage(cpu);
  if (!log.ok || log.value.epochs.length !== STEPS) throw new Error('Steps were lost.');
  return bytes.length / (user + system);
}

const lineOf = (i: number): string =>
  `iter ${i}: loss ${fraction(i)}, time ${100 + (i % 90)}.12ms, mfu 12.34%\n`;
const fraction = (i: number): string => (((i * 7919) % 100_003) / 100_003).toFixed(4);
