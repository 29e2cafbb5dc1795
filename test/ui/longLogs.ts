import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { epochs, linesTo, overfitLine } from './logTexts.ts';

/**
 * A training of its own: prints a banner, is busy for a while, then an epoch at a time; starts at
 * the epoch it is told.
 */
export const training = `
const lines = ${JSON.stringify(linesTo(epochs).trim().split('\n'))};
const [first, last, pause] = process.argv.slice(2).map(Number);
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
console.log('loading data');
await sleep(2500);
for (let epoch = first; epoch <= last; epoch++) {
  console.log(lines[epoch - 1]);
  await sleep(pause);
}
`;

/** How many lines an epoch has in `large.log`. */
export const steps = 10_000;
/** How many requests stand in `access.log`. */
export const requests = 150_000;

/** A log of many lines an epoch, most of them of single steps. */
export async function writeLarge(folder: string): Promise<void> {
  const path = join(folder, 'large.log');
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const [, , ...values] = overfitLine(epoch).split(' - ');
    const lines = Array.from(
      { length: steps },
      (_, step) =>
        `Epoch ${epoch}/${epochs} step ${step + 1}/${steps} 12ms/step ` +
        `${values[0] ?? ''}${' - grad_norm: 0.1234'.repeat(9)}`,
    );
    await appendFile(path, `${lines.join('\n')}\n${overfitLine(epoch)}\n`);
  }
}

/** A log of another program: 20 MB of requests to a server. */
export async function writeUnrelated(folder: string): Promise<void> {
  const line = (index: number): string =>
    `10.0.0.${index % 250} - - [12/Mar/2026:10:00:${String(index % 60).padStart(2, '0')} ` +
    `+0000] "GET /api/items/${index + 1}?page=${index % 9} HTTP/1.1" 200 ${index % 9000} ` +
    `"-" "Mozilla/5.0 (X11; Linux x86_64)" rt=0.0${index % 90} uct="0.000"`;
  await writeFile(
    join(folder, 'access.log'),
    `${Array.from({ length: requests }, (_, index) => line(index)).join('\n')}\n`,
  );
}
