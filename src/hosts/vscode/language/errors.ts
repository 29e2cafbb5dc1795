import { CortexError } from '../../../util/errors.ts';

/** The user decided against sending; the offline engine takes the round. */
export const notSentError = (model: string): CortexError =>
  new CortexError({
    code: 'vscode-not-sent',
    kind: 'input',
    happened: `You chose not to send anything to ${model}.`,
    expected: 'your word before the first request of a workspace.',
    remedy: 'Run "Cortex: Show What Will Be Sent" to decide again.',
  });

/** An agent asks for a proposal before the user has allowed any request to this model. */
export const notAllowedYetError = (destination: string): CortexError =>
  new CortexError({
    code: 'vscode-not-allowed-yet',
    kind: 'input',
    happened:
      `Nothing was sent to ${destination}: the user has not allowed it in this workspace yet; ` +
      '"Cortex: Improve Architecture" shows them what would be sent, and asks.',
    expected: "the user's word before the first request of a workspace.",
    remedy:
      'Ask the user to run "Cortex: Improve Architecture" once and choose Send, or go on ' +
      'with the offline engine.',
  });

/**
 * The model of VS Code refused or broke off; its cause is left behind, since it may hold what was
 * sent.
 */
export const hostModelFailedError = (model: string, detail: string): CortexError =>
  new CortexError({
    code: 'vscode-model-failed',
    kind: 'environment',
    happened: `${model} gave no answer: ${detail}.`,
    expected: 'an answer of the language model.',
    remedy:
      'See whether the model works in the chat of VS Code and whether Cortex may use it, ' +
      'then start again.',
  });
