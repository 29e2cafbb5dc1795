/** `npm run metrics`: lengths, widths and arrows of `src` beside bounds; 1 when one is missed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countArrows } from './metrics/countArrows.ts';
import { measureFile } from './metrics/measureFile.ts';
import { metricRows, type MetricRow } from './metrics/rows.ts';

const SHOWN = 12;

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join('src', name))
  .map((path) => measureFile(path, readFileSync(path, 'utf8')));
const rows = metricRows(files, await countArrows('src'));
const missed = rows.filter(({ value, bound }) => value > bound);

console.log(`${''.padEnd(26)}${'is'.padStart(6)}${'bound'.padStart(8)}`);
for (const row of rows) console.log(line(row));
for (const { name, furthest } of missed)
  console.log(`\n${name}:\n${furthest.slice(0, SHOWN).join('\n')}`);
process.exitCode = missed.length > 0 ? 1 : 0;

function line({ name, value, bound }: MetricRow): string {
  const numbers = `${String(value).padStart(6)}${`≤ ${bound}`.padStart(8)}`;
  return `${name.padEnd(26)}${numbers}${value > bound ? '  MISSED' : ''}`;
}
