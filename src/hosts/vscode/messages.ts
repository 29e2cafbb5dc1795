import { window, type MessageOptions } from 'vscode';
import { visibleText } from '../../util/visibleText.ts';
import { plainMessage } from './labels.ts';

/*
 * The only way to a notification or a question: what a log, a proposal, a fetched branch or an
 * error says is shown in them, and none of it is to become a link that runs a command.
 */

/**
 * A button of a notification. A notification slips under the bell after seconds, so nothing waits
 * for it: the button does the same whenever it is found. What has to be answered is asked.
 */
export interface Offer {
  readonly label: string;
  readonly take: () => unknown;
}

/** Tells something. */
export const inform = (text: string, ...offers: readonly Offer[]): void => {
  tell(window.showInformationMessage, text, offers);
};

/** Tells something that is not as it should be. */
export const warn = (text: string, ...offers: readonly Offer[]): void => {
  tell(window.showWarningMessage, text, offers);
};

/** Tells that something failed. */
export const complain = (text: string, ...offers: readonly Offer[]): void => {
  tell(window.showErrorMessage, text, offers);
};

/** A question that has to be answered before anything else; `undefined` when it was closed. */
export const ask = (
  text: string,
  detail: string | null,
  ...actions: readonly string[]
): Thenable<string | undefined> =>
  window.showWarningMessage(literal(text), modal(detail), ...actions);

type Show = (text: string, ...labels: readonly string[]) => Thenable<string | undefined>;

const tell = (show: Show, text: string, offers: readonly Offer[]): void =>
  void show(literal(text), ...offers.map(({ label }) => label)).then((chosen) =>
    offers.find(({ label }) => label === chosen)?.take(),
  );

const modal = (detail: string | null): MessageOptions =>
  detail === null ? { modal: true } : { modal: true, detail: literal(detail) };

const literal = (text: string): string => visibleText(plainMessage(text));
