import { BUDGET_SPENT, CortexError } from '../../core/errors.ts';

/** OpenAI's own server is asked for, and there is no key for it. */
export const apiKeyMissingError = (server: string): CortexError =>
  new CortexError({
    code: 'vscode-api-key-missing',
    kind: 'input',
    happened: `There is no API key for ${server}.`,
    expected: 'a key in the secret storage of VS Code, or a server that needs none.',
    remedy: 'Run "Cortex: Set API Key", or choose another proposer in the settings.',
  });

/** A server of the user's own is named, but not what it should run. */
export const modelNameMissingError = (server: string): CortexError =>
  new CortexError({
    code: 'vscode-model-missing',
    kind: 'input',
    happened: `No language model is named for ${server}.`,
    expected: 'the name of a model that the server offers.',
    remedy: 'Set "cortex.model" in the settings.',
  });

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

/** One more request could pass `cortex.maxTokens`. */
export const tokensSpentError = (used: number, cap: number): CortexError =>
  new CortexError({
    code: BUDGET_SPENT,
    kind: 'input',
    happened: `The language model has used ${used} tokens in this run; another request could pass the cap of ${cap}.`,
    expected: 'room for a prompt and an answer.',
    remedy: 'Raise "cortex.maxTokens" in the settings.',
  });
