import {
  CodeLens,
  EventEmitter,
  languages,
  ProgressLocation,
  Range,
  TabInputText,
  Uri,
  ViewColumn,
  window,
  workspace,
  type Disposable,
} from 'vscode';
import { promptScheme } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { plainMessage } from '../labels.ts';
import type { WaitingPrompt } from './promptConsent.ts';
import { promptText } from './promptText.ts';
import { inform } from '../messages.ts';

const uri = Uri.from({ scheme: promptScheme, path: '/What Will Be Sent.txt' });

/**
 * "Show What Will Be Sent": the first prompt of a workspace, read only, with Send and Use Offline.
 */
export function createPromptDocument(host: Host): Disposable {
  const { consent, commands, engine, runs } = host;
  let forecast: string | null = null;
  const disposables = new Disposables();
  const changed = disposables.add(new EventEmitter<Uri>());
  const lensesChanged = disposables.add(new EventEmitter<void>());
  const show = async (): Promise<void> => {
    changed.fire(uri);
    lensesChanged.fire();
    await (consent.waiting ? ask(host) : closePrompt());
  };
  disposables.add(
    workspace.registerTextDocumentContentProvider(promptScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () =>
        consent.waiting ? promptText(consent.waiting, forecast) : 'Nothing waits to be sent.\n',
    }),
    languages.registerCodeLensProvider(
      { scheme: promptScheme },
      {
        onDidChangeCodeLenses: lensesChanged.event,
        provideCodeLenses: () => (consent.waiting ? lenses() : []),
      },
    ),
    runs.onDidChange(() => {
      forecast = null;
    }),
    engine.onEvent((event) => {
      if (event.kind === 'forecast') forecast = event.forecast.text;
    }),
    consent.onDidChange(() => {
      void commands.run('show what will be sent', show);
    }),
    commands.register('cortex.prompt.send', () => {
      consent.decide('send');
    }),
    commands.register('cortex.prompt.useOffline', () => {
      consent.decide('offline');
    }),
    commands.register('cortex.prompt.show', () => showAgain(host)),
  );
  return disposables;
}

async function ask(host: Host): Promise<void> {
  const { consent, live } = host;
  const waiting = consent.waiting;
  if (!waiting) return;
  live.wait('waiting for your word: may this be sent?');
  await window.showTextDocument(uri, { preview: false, viewColumn: ViewColumn.Active });
  const title =
    `Cortex is about to ask ${waiting.destination}. The open document is all that will be ` +
    `sent: ${SEND} and ${OFFLINE} stand above it.`;
  await window.withProgress(
    { location: ProgressLocation.Notification, title: plainMessage(title) },
    () => untilDecided(host, waiting),
  );
}

/**
 * A message with buttons would stay when the word was given elsewhere, or nobody waits for it any
 * more.
 */
async function untilDecided({ consent }: Host, waiting: WaitingPrompt): Promise<void> {
  const disposables = new Disposables();
  await new Promise<void>((resolve) => {
    disposables.add(
      consent.onDidChange(() => {
        if (consent.waiting !== waiting) resolve();
      }),
    );
    if (consent.waiting !== waiting) resolve();
  });
  disposables.dispose();
}

/** Nothing is left to decide: the page goes. */
async function closePrompt(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(
    tabs.filter(({ input }) => input instanceof TabInputText && input.uri.scheme === promptScheme),
  );
}

/** With nothing waiting, the next request is shown first again. */
async function showAgain({ consent }: Host): Promise<void> {
  if (consent.waiting) return void (await window.showTextDocument(uri, { preview: false }));
  await consent.forget();
  inform('Cortex: the next request to a language model is shown before it is sent.');
}

const SEND = 'Send';
const OFFLINE = 'Use Offline';

const lenses = (): CodeLens[] => [
  new CodeLens(new Range(0, 0, 0, 0), { title: SEND, command: 'cortex.prompt.send' }),
  new CodeLens(new Range(0, 0, 0, 0), { title: OFFLINE, command: 'cortex.prompt.useOffline' }),
];
