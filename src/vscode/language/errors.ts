import { CortexError } from '../../core/errors.ts';

/** The user decided against sending; the offline engine takes the round. */
export const notSentError = (model: string): CortexError =>
  new CortexError({
    code: 'vscode-not-sent',
    kind: 'input',
    happened: `You chose not to send anything to ${model}.`,
    expected: 'your word before the first request of a workspace.',
    remedy: 'Run "Cortex: Show What Will Be Sent" to decide again.',
  });

/** The model of VS Code refused or broke off; its cause is left behind, since it may hold what was sent. */
export const hostModelFailedError = (model: string, detail: string): CortexError =>
  new CortexError({
    code: 'vscode-model-failed',
    kind: 'environment',
    happened: `${model} gave no answer: ${detail}.`,
    expected: 'an answer of the language model.',
    remedy: 'See whether the model works in the chat of VS Code and whether Cortex may use it, then start again.',
  });
