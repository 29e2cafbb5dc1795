import { Uri, workspace, type TextDocument } from 'vscode';
import { reviewScheme } from '../contributions.ts';
import { editLines } from '../editLines.ts';
import { fileName } from '../../../util/fileName.ts';
import type { ReviewFiles } from './reviewFiles.ts';

/** Where the documents of one review live. */
export interface ReviewUris {
  /** Removed lines above added lines. */
  readonly merged: Uri;
  /** What is accepted so far, read-only: the left side of the native diff. */
  readonly accepted: Uri;
  /** The proposal, writable: the right side. */
  readonly proposal: Uri;
  /** The full reasoning, read-only Markdown. */
  readonly reasoning: Uri;
}

/**
 * The documents of the review with this id; names keep the model file's extension, and so its
 * language.
 */
export function reviewUris(id: string, modelPath: string): ReviewUris {
  const name = fileName(modelPath);
  const uri = (path: string): Uri => Uri.from({ scheme: reviewScheme, path: `/${id}/${path}` });
  return {
    merged: uri(`Review of ${name}`),
    accepted: uri(`accepted/${name}`),
    proposal: uri(`proposal/${name}`),
    reasoning: uri('Why this change.md'),
  };
}

/** The review a document belongs to. */
export const reviewIdOf = ({ scheme, path }: Uri): string | null =>
  scheme === reviewScheme ? (path.split('/')[1] ?? null) : null;

/**
 * Brings a review document to `text`: by an undoable edit where it is open, in memory otherwise.
 * `false` when the user was quicker.
 */
export async function writeReviewText(
  files: ReviewFiles,
  uri: Uri,
  text: string,
): Promise<boolean> {
  const document = openDocument(uri);
  if (!document) {
    files.put(uri, text);
    return true;
  }
  return editLines(document, text);
}

/** Saves a review document into memory, so that closing its editor asks no question. */
export async function saveReviewText(uri: Uri): Promise<void> {
  const document = openDocument(uri);
  if (document?.isDirty) await document.save();
}

/** The open document of a URI. */
const openDocument = (uri: Uri): TextDocument | undefined =>
  workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri.toString(),
  );
