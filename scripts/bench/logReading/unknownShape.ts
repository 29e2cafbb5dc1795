import { createLogReader } from '../../../src/log/readTrainingLog.ts';

const MEGABYTES = 60;
const encoder = new TextEncoder();

const KNOWN = (i: number): string =>
  `Epoch ${epoch(i)}/99 step ${i % 1_000}/1000 - loss: ${fraction(i)} - acc: ${fraction(i * 7)}\n`;
/** The same numbers in words and signs that no program has written. */
const UNKNOWN = (i: number): string =>
  `«epoch ${epoch(i)} of 99» leap{${i % 1_000}} ~~ flim_loss= ${fraction(i)} ` +
  `;; grob== ${fraction(i * 7)}\n`;

/** Megabytes a second, of one core, of lines as many programs write them and of invented ones. */
export const unknownShape = (): { readonly known: number; readonly unknown: number } => ({
  known: speedOf(KNOWN),
  unknown: speedOf(UNKNOWN),
});

function speedOf(lineOf: (i: number) => string): number {
  const block = encoder.encode(Array.from({ length: 99_000 }, (_, i) => lineOf(i)).join(''));
  const times = Math.ceil((MEGABYTES * 1e6) / block.length);
  const speeds = [0, 1, 2].map(() => {
    const reader = createLogReader('a.log');
    const cpu = process.cpuUsage();
    for (let i = 0; i < times; i += 1)
      for (let at = 0; at < block.length; at += 524_288)
        reader.push(block.subarray(at, at + 524_288));
    const log = reader.finish();
    if (!log.ok || log.value.epochs.length === 0) throw new Error('Nothing was read.');
    const { user, system } = process.cpuUsage(cpu);
    return (times * block.length) / (user + system);
  });
  return Math.max(...speeds);
}

const epoch = (i: number): number => 1 + Math.floor(i / 1_000);
const fraction = (i: number): string => (((i * 7919) % 100_003) / 100_003).toFixed(4);
