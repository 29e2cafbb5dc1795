import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import type { Configuration, Dimension } from '../../../src/search/space/dimension.ts';

/** A public table: every architecture of a space, and what it came to. */
export interface Table {
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly values: Configuration;
  /** What a search sees, and what it is measured by; above is better. */
  readonly seen: number;
  readonly test: number;
}

/** GENIUS (Zheng et al. 2023) carries both tables as JSON; at this commit. */
const BASE =
  'https://raw.githubusercontent.com/mingkai-zheng/GENIUS/' +
  '97361d30b2da337edd0c8e1ed71b7c88b4a85d38/benchmark/';

const OPERATIONS = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'];

/** NAS-Bench-201 (Dong and Yang 2020) on one of its data sets; rejects where it cannot be had. */
export async function nasBench201(data: 'cifar10' | 'cifar100' | 'imagenet'): Promise<Table> {
  const rows = await read<{ val_acc_200: number; test_acc_200: number }>(
    `nasbench201_${data}.json`,
  );
  const names = ['0→1', '0→2', '1→2', '0→3', '1→3', '2→3'];
  return {
    name: `NAS-Bench-201 ${data}`,
    dimensions: names.map((name) => choice(name, OPERATIONS)),
    entries: Object.entries(rows).map(([text, row]) => ({
      values: Object.fromEntries(
        [...text.matchAll(/\|(\w+)~\d/g)].map((match, index) => [names[index], match[1] ?? '']),
      ),
      seen: row.val_acc_200,
      test: row.test_acc_200,
    })),
  };
}

/** All three data sets of it. */
export const nasBenches = (): Promise<readonly Table[]> =>
  Promise.all((['cifar10', 'cifar100', 'imagenet'] as const).map(nasBench201));

/** NAS-Bench-Macro (Su et al. 2021): eight layers, three blocks each, on CIFAR-10. */
export async function nasBenchMacro(): Promise<Table> {
  const rows = await read<{ mean_acc: number }>('nas-bench-macro_cifar10.json');
  return {
    name: 'NAS-Bench-Macro',
    dimensions: Array.from({ length: 8 }, (_, index) => choice(`layer ${index}`, [0, 1, 2])),
    entries: Object.entries(rows).map(([text, row]) => ({
      values: Object.fromEntries(
        [...text].map((block, index) => [`layer ${index}`, Number(block)]),
      ),
      seen: row.mean_acc,
      test: row.mean_acc,
    })),
  };
}

const choice = (name: string, choices: readonly (string | number)[]): Dimension => ({
  kind: 'categorical',
  name,
  choices,
  initial: choices[0] ?? 0,
});

/** From the cache, where it is put the first time. */
async function read<Row>(file: string): Promise<Readonly<Record<string, Row>>> {
  const folder = join(cacheFolder(), 'tables');
  const path = join(folder, file);
  const known = await readFile(path, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as Record<string, Row>;
  const response = await fetch(BASE + file, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${BASE}${file} answered ${response.status}`);
  const text = await response.text();
  await mkdir(folder, { recursive: true });
  await writeFile(path, text);
  return JSON.parse(text) as Record<string, Row>;
}
