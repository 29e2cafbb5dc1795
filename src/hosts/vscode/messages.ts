import { window, type MessageOptions } from 'vscode';
import { visibleText } from '../../util/visibleText.ts';
import { plainMessage } from './labels.ts';

/*
 * The only way to a notification or a question: what a log, a proposal, a fetched branch or an
 * error says is shown in them, and none of it is to become a link that runs a command.
 */

/** Tells something; the action that was chosen, where there are any. */
export const inform = (text: string, ...actions: readonly string[]): Thenable<string | undefined> =>
  window.showInformationMessage(literal(text), ...actions);

/** Tells something that is not as it should be. */
export const warn = (text: string, ...actions: readonly string[]): Thenable<string | undefined> =>
  window.showWarningMessage(literal(text), ...actions);

/** Tells that something failed. */
export const complain = (
  text: string,
  ...actions: readonly string[]
): Thenable<string | undefined> => window.showErrorMessage(literal(text), ...actions);

/** A question that has to be answered before anything else; `undefined` when it was closed. */
export const ask = (
  text: string,
  detail: string | null,
  ...actions: readonly string[]
): Thenable<string | undefined> =>
  window.showWarningMessage(literal(text), modal(detail), ...actions);

const modal = (detail: string | null): MessageOptions =>
  detail === null ? { modal: true } : { modal: true, detail: literal(detail) };

const literal = (text: string): string => visibleText(plainMessage(text));
