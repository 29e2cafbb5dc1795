import { EventEmitter, window, workspace, type Disposable, type TreeItem } from 'vscode';
import { machinesView } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { affects } from '../settings.ts';

/** The nodes of the cluster that trials train on; asked for when the view is looked at. */
export function createMachinesView({ beginning, commands, engine }: Host): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<undefined>());
  const refresh = (): void => {
    changed.fire(undefined);
  };
  disposables.add(
    window.registerTreeDataProvider<TreeItem>(machinesView, {
      onDidChangeTreeData: changed.event,
      getTreeItem: (row) => row,
      getChildren: async (row) =>
        row || !workspace.isTrusted ? [] : [...(await (await beginning()).machineRows(engine))],
    }),
    commands.register('cortex.refreshMachines', refresh),
    workspace.onDidChangeConfiguration((event) => {
      if (affects(event, 'executor', 'workers', 'python')) refresh();
    }),
  );
  return disposables;
}
