import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import type { Row } from './row.ts';

const kilobyte = 1000;
const pages = ['curves', 'study', 'attempt', 'compare'];
const megabyte = 1000 * kilobyte;

/** Size of the main bundle and of the VSIX, and whether the VSIX would run on every platform. */
export async function bench(): Promise<Row[]> {
  const bundle = (await stat('dist/extension.cjs')).size;
  const vsix = await vsixSize();
  const native = (await listFiles({ packageManager: PackageManager.None })).filter((file) =>
    /\.(node|so|dll|dylib|exe)$/.test(file),
  );
  return [
    atMost('main bundle', { value: bundle / kilobyte, goal: 220, unit: 'KB' }),
    ...(await Promise.all(
      pages.map(async (page) =>
        atMost(`page ${page}`, {
          value: (await stat(`dist/webview/${page}.js`)).size / kilobyte,
          goal: 150,
          unit: 'KB',
        }),
      ),
    )),
    atMost('VSIX', { value: vsix / megabyte, goal: 6, unit: 'MB' }),
    {
      figure: 'native modules in the VSIX',
      goal: 'none',
      measured: native.join(', ') || 'none',
      ratio: '–',
      met: native.length === 0,
    },
  ];
}

async function vsixSize(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-vsix-'));
  const packagePath = join(folder, 'cortex.vsix');
  try {
    await createVSIX({
      packagePath,
      dependencies: false,
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    });
    return (await stat(packagePath)).size;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function atMost(
  figure: string,
  { value, goal, unit }: { value: number; goal: number; unit: string },
): Row {
  return {
    figure,
    goal: `≤ ${goal} ${unit}`,
    measured: `${value.toFixed(1)} ${unit}`,
    ratio: (value / goal).toFixed(2),
    met: value <= goal,
  };
}
