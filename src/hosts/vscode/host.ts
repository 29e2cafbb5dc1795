import type { LogOutputChannel, Memento, TreeItem, Uri } from 'vscode';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AttemptSelection } from './attempt/attemptSelection.ts';
import type { Pilot } from './autopilot/pilot.ts';
import type { AttemptReference, ModelReference } from './contributions.ts';
import type { CommandRunner } from './commandRunner.ts';
import type { EngineHost } from './engineHost.ts';
import type { Arranging } from './history/arranging.ts';
import type { ApiKeys } from './language/apiKeys.ts';
import type { PromptConsent } from './language/promptConsent.ts';
import type { LogLinks } from './log/logLinks.ts';
import type { LogSubject } from './log/logSubject.ts';
import type { TrainingLogs } from './log/trainingLogs.ts';
import type { PageMessages } from './pages/pageMessages.ts';
import type { ReviewDrafts } from './review/reviewDrafts.ts';
import type { FileChange } from './attempt/applyToFile.ts';
import type { Reviews } from './review/reviews.ts';
import type { LiveProgress } from './run/liveProgress.ts';
import type { Runs } from './run/runs.ts';
import type { ChosenBuilders } from './study/chosenBuilders.ts';
import type { Lacks } from './study/lacks.ts';
import type { Studies } from './study/studies.ts';

/** Where the window of the example finds what it was opened for. */
export const OPENED = 'cortex.openedExample';

/** Where a window finds the autopilot that was under way when it was closed. */
export const FLIGHT = 'cortex.flight';

/** What is asked for now and then: a bundle of its own, read when it is. */
export interface Beginning {
  /** A branch, a working tree, a commit for a pull request. */
  branchFrom(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  checkOut(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  promote(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  /** What the history shows as one file. */
  exportHistory(host: Host, model: ModelReference | undefined): Promise<void>;
  /** An attempt's weights as files that programs load. */
  exportModel(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  /** Writes a change into the user's own file. */
  applyToFile(change: FileChange): Promise<void>;
  /** Trains a better attempt without each of its hunks. */
  ablate(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  /** Opens the sealed test part for an attempt. */
  unseal(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  /** The machines that train, a row each. */
  machineRows(engine: EngineHost): Promise<readonly TreeItem[]>;
  /** What was predicted in a study beside what came, as Markdown. */
  trackRecordMarkdown(study: string, history: readonly AttemptSummary[]): string;
  /** Fewer bits, fewer units, a student. */
  makeSmaller(host: Host, attempt: AttemptReference | undefined): Promise<void>;
  /** Copies the example to where the user says, and opens it. */
  openExample(host: Host): Promise<void>;
  /** The form that writes a study file, and then does what was asked. */
  setUp(
    host: Host,
    model: ModelReference | undefined,
    andThen: (() => Promise<void>) | undefined,
  ): Promise<void>;
  /** Lists what can be proposed for a model; what is picked is proposed. */
  showIdeas(host: Host, model: ModelReference | undefined): Promise<void>;
  /** `path`: the data, where they are known. */
  newModel(host: Host, path: string | undefined): Promise<void>;
}

/** What features share; built once in `extension.ts`. */
export interface Host {
  readonly log: LogOutputChannel;
  readonly extensionUri: Uri;
  /** Kept for the workspace across sessions. */
  readonly memory: Memento;
  /** Kept for the user, whatever is open. */
  readonly userMemory: Memento;
  readonly commands: CommandRunner;
  readonly engine: EngineHost;
  readonly apiKeys: ApiKeys;
  readonly consent: PromptConsent;
  readonly runs: Runs;
  readonly live: LiveProgress;
  readonly studies: Studies;
  readonly builders: ChosenBuilders;
  readonly lacks: Lacks;
  readonly links: LogLinks;
  readonly logs: TrainingLogs;
  readonly subject: LogSubject;
  readonly reviews: Reviews;
  /** Proposals that wait for a decision, those of earlier sessions too. */
  readonly drafts: ReviewDrafts;
  readonly selection: AttemptSelection;
  readonly arranging: Arranging;
  /** What is asked for now and then; loaded when it first is. */
  readonly beginning: () => Promise<Beginning>;
  /** The autopilot; loaded when it is first asked for. */
  readonly autopilot: () => Promise<(host: Host, onChange: () => void) => Pilot>;
  /** The checks of what pages send; loaded with the first page. */
  readonly pageMessages: () => Promise<PageMessages>;
}
