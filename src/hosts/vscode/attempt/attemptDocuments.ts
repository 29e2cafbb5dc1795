import { workspace, type Disposable, type Uri } from 'vscode';
import { variantScheme } from '../contributions.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { referenceIn } from './attemptUris.ts';

/**
 * Serves model files as attempts trained them, as read-only documents, also after a reload of the
 * window.
 */
export const createAttemptDocuments = ({ engine, studies }: Host): Disposable =>
  workspace.registerTextDocumentContentProvider(variantScheme, {
    provideTextDocumentContent: async (uri: Uri) => {
      const reference = referenceIn(uri);
      if (!reference) throw noAttemptError();
      return (await engine.get()).variantText(
        await studies.shown(reference.modelPath),
        reference.attemptId,
      );
    },
  });
