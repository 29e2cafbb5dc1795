import { CodeLens, EventEmitter, languages, Range, TabInputText, Uri, ViewColumn, window, workspace, type Disposable } from 'vscode';
import { promptScheme } from '../contributions.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { plainMessage } from '../labels.ts';
import { promptText } from './promptText.ts';

const uri = Uri.from({ scheme: promptScheme, path: '/What Will Be Sent.txt' });

/** "Show What Will Be Sent": the first prompt of a workspace, read only, with Send and Use Offline. */
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
      provideTextDocumentContent: () => (consent.waiting ? promptText(consent.waiting, forecast) : 'Nothing waits to be sent.\n'),
    }),
    languages.registerCodeLensProvider({ scheme: promptScheme }, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: () => (consent.waiting ? lenses() : []),
    }),
    runs.onDidChange(() => { forecast = null; }),
    engine.onEvent((event) => { if (event.kind === 'forecast') forecast = event.forecast.text; }),
    consent.onDidChange(() => { void commands.run('show what will be sent', show); }),
    commands.register('cortex.prompt.send', () => { consent.decide('send'); }),
    commands.register('cortex.prompt.useOffline', () => { consent.decide('offline'); }),
    commands.register('cortex.prompt.show', () => showAgain(host)),
  );
  return disposables;
}

async function ask({ consent, live }: Host): Promise<void> {
  const waiting = consent.waiting;
  if (!waiting) return;
  live.wait('waiting for your word: may this be sent?');
  await window.showTextDocument(uri, { preview: false, viewColumn: ViewColumn.Active });
  const text = `Cortex is about to ask ${waiting.destination}. The open document is all that will be sent.`;
  const choice = await window.showInformationMessage(plainMessage(text), SEND, OFFLINE);
  if (consent.waiting !== waiting || !choice) return;
  consent.decide(choice === SEND ? 'send' : 'offline');
}

/** Nothing is left to decide: the page goes. */
async function closePrompt(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(tabs.filter(({ input }) => input instanceof TabInputText && input.uri.scheme === promptScheme));
}

/** With nothing waiting, the next request is shown first again. */
async function showAgain({ consent }: Host): Promise<void> {
  if (consent.waiting) return void (await window.showTextDocument(uri, { preview: false }));
  await consent.forget();
  void window.showInformationMessage('Cortex: the next request to a language model is shown before it is sent.');
}

const SEND = 'Send';
const OFFLINE = 'Use Offline';

const lenses = (): CodeLens[] => [
  new CodeLens(new Range(0, 0, 0, 0), { title: SEND, command: 'cortex.prompt.send' }),
  new CodeLens(new Range(0, 0, 0, 0), { title: OFFLINE, command: 'cortex.prompt.useOffline' }),
];
