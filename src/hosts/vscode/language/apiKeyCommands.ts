import { window, type Disposable } from 'vscode';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { readSetting } from '../settings.ts';
import { serverOf } from './apiKeys.ts';

/** "Set API Key" and "Clear API Key", for the server that is set; the key is never shown again. */
export function createApiKeyCommands(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    host.commands.register('cortex.setApiKey', () => setApiKey(host)),
    host.commands.register('cortex.clearApiKey', () => clearApiKey(host)),
  );
  return disposables;
}

async function setApiKey({ apiKeys }: Host): Promise<void> {
  const server = serverOf(readSetting('baseUrl'));
  const key = await window.showInputBox({
    title: `Cortex: API Key for ${server}`,
    prompt: 'It is kept in the secret storage of VS Code and sent to this server alone.',
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^\S+$/.test(text.trim()) ? undefined : 'A key without spaces, please.',
  });
  if (key === undefined) return;
  await apiKeys.set(server, key.trim());
  window.setStatusBarMessage(`$(key) Cortex: the API key for ${server} is kept.`, 5_000);
}

async function clearApiKey({ apiKeys }: Host): Promise<void> {
  const server = serverOf(readSetting('baseUrl'));
  await apiKeys.clear(server);
  window.setStatusBarMessage(`Cortex: the API key for ${server} is forgotten.`, 5_000);
}
