import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { installOnce } from './installOnce.ts';
import { run } from './run.ts';

/** A Chromium that can be started: its program and the environment it needs. */
export interface Browser {
  readonly executablePath: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Finds a Chromium or gets one: `CHROME_PATH`, an installed Chrome, Edge or Chromium, the one on
 * npm (Linux x64), Playwright's download.
 */
export async function ensureBrowser(cache: string): Promise<Browser> {
  const installed = process.env.CHROME_PATH ?? installedBrowser();
  if (installed) return { executablePath: installed, env: process.env };
  if (process.platform === 'linux' && process.arch === 'x64') return browserFromNpm(cache);
  return browserFromPlaywright(cache);
}

const programs = [
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chromium',
  'chromium-browser',
];
const macApps = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** The program of a Chrome, Edge or Chromium that this machine has. */
function installedBrowser(): string | undefined {
  return candidates().find((path) => existsSync(path));
}

function candidates(): string[] {
  if (process.platform === 'darwin')
    return macApps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (process.platform === 'win32') {
    const roots = [
      process.env.ProgramFiles,
      process.env['ProgramFiles(x86)'],
      process.env.LocalAppData,
    ];
    return roots.flatMap((root) => (root ? windowsPrograms.map((name) => join(root, name)) : []));
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => programs.map((name) => join(folder, name)));
}

async function browserFromNpm(cache: string): Promise<Browser> {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')),
    '..',
    '..',
    'bin',
  );
  const { version } = JSON.parse(await readFile(join(bin, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = await installOnce(join(cache, `chromium-${version}`), async (temporary) => {
    await inflate(join(bin, 'chromium.br'), join(temporary, 'chromium'));
    await chmod(join(temporary, 'chromium'), 0o755);
    for (const name of ['al2023', 'fonts']) {
      const archive = join(temporary, `${name}.tar`);
      await inflate(join(bin, `${name}.tar.br`), archive);
      await run('tar', ['-xf', archive, '-C', temporary]);
    }
  });
  await writeFile(join(folder, 'fonts.conf'), fontsConfig(folder));
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = {
    ...process.env,
    LD_LIBRARY_PATH: libraries,
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  return { executablePath: join(folder, 'chromium'), env };
}

async function inflate(from: string, to: string): Promise<void> {
  await writeFile(to, await promisify(brotliDecompress)(await readFile(from)));
}

/** The machine's own fonts, and the one that came with the browser for machines that have none. */
const fontsConfig = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;

async function browserFromPlaywright(cache: string): Promise<Browser> {
  process.env.PLAYWRIGHT_BROWSERS_PATH = join(cache, 'playwright');
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core')), 'cli.js');
  await run(process.execPath, [cli, 'install', 'chromium']);
  const { chromium } = await import('playwright-core');
  return { executablePath: chromium.executablePath(), env: process.env };
}
