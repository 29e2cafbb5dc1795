import { workspace, type Disposable, type Uri } from 'vscode';
import { attemptScheme, variantScheme, type AttemptReference } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { attemptMarkdown } from './attemptMarkdown.ts';
import { referenceIn } from './attemptUris.ts';

/** Serves attempts' pages and model files as read-only documents, also after a reload of the window. */
export function createAttemptDocuments({ engine, studies }: Host): Disposable {
  const disposables = new Disposables();
  const read = (render: (reference: AttemptReference) => Promise<string>) => ({
    provideTextDocumentContent: (uri: Uri) => {
      const reference = referenceIn(uri);
      if (!reference) throw noAttemptError();
      return render(reference);
    },
  });
  const page = async ({ modelPath, attemptId }: AttemptReference): Promise<string> => {
    const [study, entry] = await Promise.all([studies.open(modelPath), studies.load(modelPath)]);
    const history = entry.state === 'ready' ? entry.attempts : [];
    return attemptMarkdown(await (await engine.get()).attempt(study, attemptId), { logPath: study.logPath, history });
  };
  const variant = async ({ modelPath, attemptId }: AttemptReference): Promise<string> =>
    (await engine.get()).variantText(await studies.open(modelPath), attemptId);
  disposables.add(
    workspace.registerTextDocumentContentProvider(attemptScheme, read(page)),
    workspace.registerTextDocumentContentProvider(variantScheme, read(variant)),
  );
  return disposables;
}
