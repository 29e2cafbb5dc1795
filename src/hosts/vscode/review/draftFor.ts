import { readFile } from 'node:fs/promises';
import { window, workspace } from 'vscode';
import type { Study } from '../../../study/study.ts';
import { fileName } from '../../../util/fileName.ts';
import type { Host } from '../host.ts';
import { inform } from '../messages.ts';
import type { ReviewDraft } from './reviewDrafts.ts';

/** What an earlier session left undecided; dropped where the file says something else by now. */
export async function draftFor(
  { modelPath }: Study,
  { drafts }: Host,
): Promise<ReviewDraft | null> {
  const draft = drafts.of(modelPath);
  if (!draft || (await readFile(modelPath, 'utf8')) === draft.fileText) return draft;
  drafts.drop(modelPath);
  inform(
    `${fileName(modelPath)} changed since “${draft.proposal.title}” was proposed for it: Cortex ` +
      'proposes anew.',
    { label: 'Show What Was Proposed', take: () => showText(draft) },
  );
  return null;
}

async function showText({ proposal: { text }, modelPath }: ReviewDraft): Promise<void> {
  const { languageId: language } = await workspace.openTextDocument(modelPath);
  await window.showTextDocument(await workspace.openTextDocument({ content: text, language }));
}
