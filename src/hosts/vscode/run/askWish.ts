import { InputBoxValidationSeverity, window, type InputBoxValidationMessage } from 'vscode';
import { foretellWish } from '../../../search/wish.ts';

/**
 * The user's own words for a run: `null` where they have none, `undefined` when they closed the
 * question. While they are written it says what the offline engine makes of them.
 */
export async function askWish(what: string): Promise<string | null | undefined> {
  const answer = await window.showInputBox({
    title: `Cortex: ${what}`,
    prompt: 'What do you wish for? Leave it empty for the best change there is.',
    placeHolder: 'make it half the size · less overfitting · more layers, no dropout',
    ignoreFocusOut: true,
    validateInput,
  });
  return answer === undefined ? undefined : answer.trim() || null;
}

/** Never an error: a wish is the user's. */
function validateInput(wish: string): InputBoxValidationMessage | undefined {
  const foretold = foretellWish(wish);
  if (!foretold) return undefined;
  const { Info, Warning } = InputBoxValidationSeverity;
  return { message: foretold.text, severity: foretold.isUsed ? Info : Warning };
}
