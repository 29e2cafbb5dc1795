import { window } from 'vscode';

/**
 * The user's own words for a run: `null` where they have none, `undefined` when they closed the
 * question.
 */
export async function askWish(what: string): Promise<string | null | undefined> {
  const answer = await window.showInputBox({
    title: `Cortex: ${what}`,
    prompt: 'What do you wish for? Leave it empty for the best change there is.',
    placeHolder: 'make it half the size · it confuses 3 and 8 · improve validation R2 score',
    ignoreFocusOut: true,
  });
  return answer === undefined ? undefined : answer.trim() || null;
}
