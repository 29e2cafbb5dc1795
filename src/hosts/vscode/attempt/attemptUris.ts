import { Uri } from 'vscode';
import { variantScheme, type AttemptReference } from '../contributions.ts';
import { fileName } from '../../../util/fileName.ts';

/**
 * The model file as an attempt trained it, as a virtual read-only document of the file's own
 * language.
 */
export const variantUri = (reference: AttemptReference): Uri =>
  Uri.from({
    scheme: variantScheme,
    path: `/${reference.attemptId}/${fileName(reference.modelPath)}`,
    query: JSON.stringify(reference),
  });

/** The attempt a virtual document is about; `null` for a damaged URI. */
export function referenceIn(uri: Uri): AttemptReference | null {
  const value: unknown = safeParse(uri.query);
  if (typeof value !== 'object' || value === null) return null;
  const { modelPath, attemptId } = value as Partial<AttemptReference>;
  return typeof modelPath === 'string' && typeof attemptId === 'string'
    ? { modelPath, attemptId }
    : null;
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    return cause instanceof SyntaxError ? null : cause;
  }
}
