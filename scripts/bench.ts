/**
 * `npm run bench [-- name…] [--check]`: figure, goal, measured, ratio; `--check` exits 1 where a
 * goal is missed.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../test/vscode/run.ts';
import type { Row } from './bench/row.ts';

interface Bench {
  readonly bench: () => Promise<Row[]>;
}

const notBenches = ['firstPaint', 'row', 'engine', 'largeHistory', 'pageSpeed'];
const folder = join(import.meta.dirname, 'bench');
const known = (await readdir(folder))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !notBenches.includes(name));
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = asked.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}; there are: ${known.join(', ')}.`);
  process.exitCode = 2;
} else {
  await run(process.execPath, ['esbuild.js']);
  const rows = await measure(asked.length > 0 ? asked : known);
  console.log(table(rows));
  if (process.argv.includes('--check') && rows.some((row) => !row.met)) process.exitCode = 1;
}

async function measure(names: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of names) {
    console.error(`… ${name}`);
    const { bench } = (await import(`./bench/${name}.ts`)) as Bench;
    rows.push(...(await bench()));
  }
  return rows;
}

function table(rows: readonly Row[]): string {
  const signals = rows.some(({ signal }) => signal !== undefined);
  const withSignal = (figure: string, signal: string): string[] =>
    signals ? [figure, signal] : [figure];
  const cells = rows.map((row) => [
    ...withSignal(row.figure, row.signal ?? ''),
    row.goal,
    row.measured,
    row.ratio,
    row.met ? 'met' : 'MISSED',
  ]);
  const all = [[...withSignal('figure', 'signal, σ'), 'goal', 'measured', 'ratio', ''], ...cells];
  const widths = (all[0] ?? [])
    .map((_, column) => column)
    .map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
