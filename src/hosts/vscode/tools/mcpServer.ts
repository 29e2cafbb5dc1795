import { lm, McpStdioServerDefinition, Uri, workspace, type Disposable } from 'vscode';
import type { Host } from '../host.ts';
import { readSetting } from '../settings.ts';

/**
 * Offers `cortex mcp` to VS Code's agents, started in the first open folder; nothing is offered in
 * an untrusted workspace.
 */
export function createMcpServer(host: Host): Disposable {
  return lm.registerMcpServerDefinitionProvider('cortex.mcp', {
    onDidChangeMcpServerDefinitions: workspace.onDidGrantWorkspaceTrust,
    provideMcpServerDefinitions: () => (workspace.isTrusted ? [serverOf(host)] : []),
  });
}

function serverOf({ extensionUri }: Host): McpStdioServerDefinition {
  const script = Uri.joinPath(extensionUri, 'dist', 'cli.cjs').fsPath;
  // Offline: what a language model is sent in VS Code is shown first, and a server cannot show
  // anything.
  const workers = readSetting('workers');
  const args = [script, 'mcp', '--runtime', readSetting('runtime'), '--proposer', 'offline'];
  if (workers > 0) args.push('--workers', String(workers));
  const executor = readSetting('executor');
  if (executor !== '' && executor !== 'local') args.push('--executor', executor);
  // VS Code's own program is Node only when it is told so.
  const server = new McpStdioServerDefinition(
    'Cortex',
    readSetting('nodePath') || process.execPath,
    args,
    { ELECTRON_RUN_AS_NODE: '1' },
  );
  const folder = workspace.workspaceFolders?.[0];
  if (folder) server.cwd = folder.uri;
  return server;
}
