import { EventEmitter, tasks, window, workspace, type Disposable, type TreeItem } from 'vscode';
import { autopilotScheme, autopilotView } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { FLIGHT, type Host } from '../host.ts';
import type { Pilot } from './pilot.ts';

/**
 * The autopilot: what one says to it, its view and its page. All that they do is read when one of
 * them is asked for, and at the start where an autopilot was under way when the window was closed.
 */
export function createAutopilot(host: Host): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<undefined>());
  let pilot: Promise<Pilot> | undefined;
  const load = (): Promise<Pilot> =>
    (pilot ??= host.autopilot().then((make) =>
      disposables.add(
        make(host, () => {
          changed.fire(undefined);
        }),
      ),
    ));
  const goOn = (): void => {
    changed.fire(undefined);
    if (host.memory.get(FLIGHT) !== undefined)
      void host.commands.attempt('autopilot', async () => (await load()).goOn());
  };
  disposables.add(
    viewOf(load, changed),
    workspace.registerTextDocumentContentProvider(autopilotScheme, {
      provideTextDocumentContent: async ({ query }) => (await load()).report(query),
    }),
    tasks.registerTaskProvider('cortex', {
      provideTasks: () => [],
      resolveTask: async (task) => (await load()).resolve(task),
    }),
    workspace.onDidGrantWorkspaceTrust(goOn),
    ...commandsOf(host, load),
  );
  goOn();
  return disposables;
}

function viewOf(load: () => Promise<Pilot>, changed: EventEmitter<undefined>): Disposable {
  const view = window.createTreeView<TreeItem>(autopilotView, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getTreeItem: (row) => row,
      getChildren: async (row) =>
        workspace.isTrusted ? [...(await (await load()).children(row))] : [],
    },
  });
  const look = async (): Promise<void> => {
    const pilot = await load();
    if (view.visible) pilot.appear();
    else pilot.disappear();
  };
  view.onDidChangeVisibility(look);
  if (view.visible) void look();
  return view;
}

const commandsOf = ({ commands }: Host, load: () => Promise<Pilot>): readonly Disposable[] => [
  commands.register('cortex.startAutopilot', async (model) => (await load()).start(model)),
  commands.register('cortex.pauseAutopilot', async (model) => (await load()).say('pause', model)),
  commands.register('cortex.resumeAutopilot', async (model) => (await load()).say('resume', model)),
  commands.register('cortex.stopAutopilot', async (model) => (await load()).say('stop', model)),
  commands.register('cortex.autopilotNow', async (task) => (await load()).now(task)),
  commands.register('cortex.addAutopilotTask', async (model) => (await load()).add(model)),
  commands.register('cortex.showAutopilotReport', async (model) =>
    (await load()).showReport(model),
  ),
];
