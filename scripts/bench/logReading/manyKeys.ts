import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import type { Row } from '../row.ts';

const KEYS = 900;
const EPOCHS = 2_000;
const keys = Array.from({ length: KEYS }, (_, i) => `part_${i}/${i % 7 === 0 ? 'loss' : 'norm'}`);
const valueOf = (epoch: number, i: number): string => (1 / (epoch + 1) + i / 1000).toFixed(6);

const kinds: Readonly<Record<string, (epoch: number) => string>> = {
  'JSON lines': (epoch) =>
    `{"epoch": ${epoch}, ${keys.map((key, i) => `"${key}": ${valueOf(epoch, i)}`).join(', ')}}`,
  'lines of text': (epoch) =>
    `epoch ${epoch} ${keys.map((key, i) => `${key}: ${valueOf(epoch, i)}`).join(', ')}`,
};

/** The time of one core for logs of very many series. */
export function manyKeys(goal: number): Row[] {
  return Object.entries(kinds).map(([name, line]) => {
    const text = `${Array.from({ length: EPOCHS }, (_, epoch) => line(epoch)).join('\n')}\n`;
    const cpu = process.cpuUsage();
    const log = readTrainingLog(text, 'a.log');
    const { user, system } = process.cpuUsage(cpu);
    if (!log.ok || Object.keys(log.value.series).length !== KEYS)
      throw new Error(`${name}: series are missing.`);
    const seconds = (user + system) / 1e6;
    return {
      figure: `${KEYS} series of ${EPOCHS} epochs, ${name}`,
      goal: `≤ ${goal} s of one core`,
      measured: `${seconds.toFixed(1)} s`,
      ratio: (seconds / goal).toFixed(2),
      met: seconds <= goal,
    };
  });
}
