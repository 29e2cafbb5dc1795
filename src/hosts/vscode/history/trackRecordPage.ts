import { commands, EventEmitter, Uri, workspace, type Disposable } from 'vscode';
import { trackRecordScheme, type ModelReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { chooseModel } from '../study/chooseModel.ts';

/** "Show Track Record": what was predicted beside what came, as a page that follows the study. */
export function createTrackRecordPage(host: Host): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<Uri>());
  disposables.add(
    host.studies.onDidChange(() => {
      for (const { uri } of workspace.textDocuments.filter(
        (open) => open.uri.scheme === trackRecordScheme,
      ))
        changed.fire(uri);
    }),
    workspace.registerTextDocumentContentProvider(trackRecordScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => pageOf(uri.query, host),
    }),
    host.commands.register('cortex.showTrackRecord', (model) => show(host, model)),
  );
  return disposables;
}

async function show(host: Host, model: ModelReference | undefined): Promise<void> {
  const modelPath = await chooseModel(host, model);
  if (modelPath)
    await commands.executeCommand(
      'markdown.showPreview',
      Uri.from({ scheme: trackRecordScheme, path: '/Track Record.md', query: modelPath }),
    );
}

async function pageOf(modelPath: string, { studies, beginning }: Host): Promise<string> {
  const entry = await studies.load(modelPath);
  if (entry.state === 'failed') throw entry.error;
  if (entry.state !== 'ready') return '';
  return (await beginning()).trackRecordMarkdown(entry.study.name, entry.attempts);
}
