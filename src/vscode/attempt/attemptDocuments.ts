import { EventEmitter, workspace, type Disposable, type TextDocument, type Uri } from 'vscode';
import { attemptScheme, variantScheme, type AttemptReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { attemptMarkdown } from './attemptMarkdown.ts';
import { referenceIn } from './attemptUris.ts';

/** Serves attempts' pages and model files as read-only documents, also after a reload of the window. */
export function createAttemptDocuments({ engine, studies }: Host): Disposable {
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<Uri>());
  const read = (render: (reference: AttemptReference) => Promise<string>) => ({
    onDidChange: changed.event,
    provideTextDocumentContent: (uri: Uri) => {
      const reference = referenceIn(uri);
      if (!reference) throw noAttemptError();
      return render(reference);
    },
  });
  const page = async ({ modelPath, attemptId }: AttemptReference): Promise<string> => {
    const [study, entry] = await Promise.all([studies.open(modelPath), studies.load(modelPath)]);
    const history = entry.state === 'ready' ? entry.attempts : [];
    const running = await engine.get();
    return attemptMarkdown(await running.attempt(study, attemptId), { logPath: study.logPath, history, hunks: await running.hunkEffects(study, attemptId), seeds: await running.seedTable(study, attemptId) });
  };
  const variant = async ({ modelPath, attemptId }: AttemptReference): Promise<string> =>
    (await engine.get()).variantText(await studies.open(modelPath), attemptId);
  disposables.add(
    studies.onDidChange(() => { for (const { uri } of openPages()) changed.fire(uri); }),
    workspace.registerTextDocumentContentProvider(attemptScheme, read(page)),
    workspace.registerTextDocumentContentProvider(variantScheme, read(variant)),
  );
  return disposables;
}

/** What an attempt's page says may grow: how its hunks did, how often the test part was opened. */
const openPages = (): readonly TextDocument[] => workspace.textDocuments.filter(({ uri }) => uri.scheme === attemptScheme);
