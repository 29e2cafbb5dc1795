/**
 * Composition root of the VS Code host: builds objects and hands them to each other. No logic, and
 * nothing heavy at the start.
 */
import { join } from 'node:path';
import { window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { Engine } from './hosts/engine.ts';
import type { EngineOptions } from './hosts/engineOptions.ts';
import { AttemptSelection } from './hosts/vscode/attempt/attemptSelection.ts';
import { CommandRunner } from './hosts/vscode/commandRunner.ts';
import { EngineHost } from './hosts/vscode/engineHost.ts';
import { createFeatures } from './hosts/vscode/features.ts';
import type { Beginning, Host } from './hosts/vscode/host.ts';
import { ApiKeys } from './hosts/vscode/language/apiKeys.ts';
import { Arranging } from './hosts/vscode/history/arranging.ts';
import { loadBundle } from './hosts/vscode/loadBundle.ts';
import { LanguageSource } from './hosts/vscode/language/languageSource.ts';
import { PromptConsent } from './hosts/vscode/language/promptConsent.ts';
import { LogLinks } from './hosts/vscode/log/logLinks.ts';
import { LogSubject } from './hosts/vscode/log/logSubject.ts';
import { TrainingLogs } from './hosts/vscode/log/trainingLogs.ts';
import type { PageMessages } from './hosts/vscode/pages/pageMessages.ts';
import { ReviewDrafts } from './hosts/vscode/review/reviewDrafts.ts';
import { Reviews } from './hosts/vscode/review/reviews.ts';
import { VscodeReviewer } from './hosts/vscode/review/vscodeReviewer.ts';
import { LiveProgress } from './hosts/vscode/run/liveProgress.ts';
import { Runs } from './hosts/vscode/run/runs.ts';
import { activePython } from './hosts/vscode/study/activePython.ts';
import { askOnce } from './hosts/vscode/run/unheldCode.ts';
import { ChosenBuilders } from './hosts/vscode/study/chosenBuilders.ts';
import { Lacks } from './hosts/vscode/study/lacks.ts';
import { Studies } from './hosts/vscode/study/studies.ts';

let engine: EngineHost | undefined;

/** Called by VS Code when one of `activationEvents` happens. */
export function activate(context: ExtensionContext): void {
  const { subscriptions, extensionUri, globalState, workspaceState } = context;
  const log = window.createOutputChannel('Cortex', { log: true });
  const runs = new Runs();
  const drafts = new ReviewDrafts(workspaceState);
  const reviews = new Reviews(drafts);
  const language = languageFor(context, log);
  engine = engineFor(context, { runs, reviews, models: language.models }, log);
  const live = new LiveProgress(engine, runs);
  const links = new LogLinks(workspaceState, engine);
  const logs = new TrainingLogs(engine, links, log);
  const builders = new ChosenBuilders(workspaceState);
  const studies = new Studies(engine, { runs, links, builders }, log);
  const host = {
    log,
    extensionUri,
    memory: workspaceState,
    userMemory: globalState,
    commands: new CommandRunner(log),
    engine,
    apiKeys: language.apiKeys,
    consent: language.consent,
    runs,
    live,
    studies,
    builders,
    lacks: new Lacks(engine, log),
    links,
    logs,
    subject: new LogSubject({ links, logs, studies, reviews }),
    reviews,
    drafts,
    selection: new AttemptSelection(),
    arranging: new Arranging(workspaceState, engine),
    pageMessages: messagesLoader(context.globalStorageUri.fsPath),
    beginning: beginningLoader(context.globalStorageUri.fsPath),
    autopilot: autopilotLoader(context.globalStorageUri.fsPath),
  };
  const { consent, subject, selection, arranging, lacks } = host;
  // What waits for a decision is kept before the run that it belongs to is stopped.
  subscriptions.push(log, engine, consent, reviews, drafts, runs, live, links, logs);
  subscriptions.push(builders, studies, lacks);
  subscriptions.push(subject, selection, arranging, createFeatures(host));
}

/** Where language models come from: keys, consent, and what VS Code offers. */
function languageFor(
  { secrets, workspaceState }: ExtensionContext,
  log: LogOutputChannel,
): Pick<Host, 'apiKeys' | 'consent'> & { readonly models: LanguageSource } {
  const apiKeys = new ApiKeys(secrets);
  const consent = new PromptConsent(workspaceState);
  return { apiKeys, consent, models: new LanguageSource(apiKeys, consent, log) };
}

/** The engine, which is loaded when it is first asked for. */
function engineFor(
  { extension, globalStorageUri, workspaceState }: ExtensionContext,
  { runs, reviews, models }: Pick<Host, 'runs' | 'reviews'> & { readonly models: LanguageSource },
  log: LogOutputChannel,
): EngineHost {
  const { version } = extension.packageJSON as { readonly version: string };
  const surroundings = {
    distFolder: __dirname,
    cortexVersion: version,
    reviewer: new VscodeReviewer(runs, reviews),
    language: () => models.find(),
    activePython,
    mayRunUnheld: askOnce(workspaceState),
    isBusy: () => runs.current !== null,
  };
  return new EngineHost(engineLoader(globalStorageUri.fsPath), surroundings, log);
}

/** Called by VS Code when the window closes: no worker outlives it. */
export async function deactivate(): Promise<void> {
  await engine?.stop();
}

/** A bundle that is read once, when it is first asked for. */
const lazily = <Exports extends object>(
  file: string,
  cacheFolder: string,
): (() => Promise<Exports>) => {
  let loading: Promise<Exports> | undefined;
  return () => (loading ??= loadBundle<Exports>(join(__dirname, file), cacheFolder));
};

const beginningLoader = (cacheFolder: string): Host['beginning'] => {
  const load = lazily<{ readonly beginning: Beginning }>('beginning.cjs', cacheFolder);
  return async () => (await load()).beginning;
};

const autopilotLoader = (cacheFolder: string): Host['autopilot'] => {
  type Bundle = { readonly createPilot: Awaited<ReturnType<Host['autopilot']>> };
  const load = lazily<Bundle>('autopilot.cjs', cacheFolder);
  return async () => (await load()).createPilot;
};

const messagesLoader = (cacheFolder: string): Host['pageMessages'] => {
  const load = lazily<{ readonly pageMessages: PageMessages }>('messages.cjs', cacheFolder);
  return async () => (await load()).pageMessages;
};

/** The engine is a bundle of its own, read when it is first needed. */
const engineLoader =
  (cacheFolder: string) =>
  async (options: EngineOptions): Promise<Engine> => {
    const { createEngine } = await loadBundle<{ createEngine(options: EngineOptions): Engine }>(
      join(__dirname, 'engine.cjs'),
      cacheFolder,
    );
    return createEngine({ ...options, logsInThread: true });
  };
