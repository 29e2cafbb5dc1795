import type { HunkEffect } from '../loop/ablation/hunkEffects.ts';
import type { Mark, Marks } from '../show/arrange/arrangement.ts';
import type { Attempt } from '../record/attempt.ts';
import type { SeedTable } from '../loop/seedTable.ts';
import type { CortexError } from '../util/errors.ts';
import type { Inspection } from '../loop/inspectStudy.ts';
import type { Architecture } from '../model/architecture.ts';
import type { DataShape } from '../model/lens/shape.ts';
import type { Language } from '../model/modelFile.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { LoopEvent } from '../loop/loopEvent.ts';
import type { TrainResult } from '../ports/trainer.ts';
import type { PromptPreview } from '../loop/proposeChanges.ts';
import type { Proposal } from '../study/proposal.ts';
import type { BuilderLens } from '../loop/readLens.ts';
import type { Promoted } from '../study/promotion.ts';
import type { StudyReader } from '../show/documents/studyReader.ts';
import type { ExportFormat } from '../show/documents/export/exportHistory.ts';
import type { Result } from '../util/result.ts';
import type { RunSpec, SearchSpec } from '../study/runSpec.ts';
import type { ListedIdea } from '../search/listIdeas.ts';
import type { TrainRequest } from '../loop/retrain.ts';
import type { StudyReport } from '../loop/studyReport.ts';
import type { NewModel, NewModelRequest } from '../loop/start/newModel.ts';
import type { StartLanguage } from '../propose/start/baseBuilder.ts';
import type { FirstModel } from '../propose/start/sketch.ts';
import type { StartTask, Survey } from '../propose/start/survey.ts';
import type { SweepReport } from '../loop/sweep/searchModel.ts';
import type { SweepSpec } from '../study/sweepSpec.ts';
import type { Machines } from '../study/machines.ts';
import type { Study } from '../study/study.ts';
import type { Compressed, CompressRequest } from '../loop/compress/smaller.ts';
import type { Exported, ExportRequest } from '../loop/export/exported.ts';
import type { AttemptWeights } from '../loop/weights/keptWeights.ts';
import type { Unsealed } from '../loop/unsealTest.ts';
import type { StudySource } from './studySource.ts';
import type { AttemptView } from '../show/views/attemptView.ts';
import type { CompareDocument } from '../show/views/compareDocument.ts';
import type { StudyMap } from '../show/views/studyMap.ts';
import type { Diagnosis, FindingKind } from '../log/diagnosis.ts';
import type { RunSpan } from '../log/runs.ts';
import type { LogReaderOptions } from '../log/readTrainingLog.ts';
import type { AutopilotStore } from '../ports/autopilotStore.ts';
import type { NamedNumber } from '../ports/logs.ts';

/** How long a script is watched. */
export interface Observing {
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** What was learned from a run of the user's script. */
export interface Attached {
  readonly script: string;
  readonly studyFile: string;
  readonly covered: boolean;
  readonly task: 'classification' | 'regression' | 'multi-label';
  readonly rows: Readonly<Record<string, number>>;
  readonly inputShape: readonly number[];
  readonly outputUnits: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly loss: string;
  readonly optimizer: string | null;
  readonly kept: readonly string[];
  readonly leftOut: readonly string[];
  readonly notes: readonly string[];
}

/** One run of the loop. */
export interface ImproveRequest extends RunSpec {
  /** Seeds the search (not the trials): the same seed on the same history proposes the same. */
  readonly seed: number;
  /**
   * Played again on a fresh branch with the answers that the study's attempts hold; no language
   * model is asked.
   */
  readonly replay?: boolean;
}

/** Data of a person's, and what they say of it. */
export interface SurveyRequest {
  /** Absolute path of a table, a text, or a folder of images by class. */
  readonly path: string;
  /** The column to be predicted. */
  readonly target?: string | undefined;
  readonly task?: StartTask | undefined;
  readonly encoding?: string | undefined;
  readonly separator?: string | undefined;
}

/** What proposals are asked for, and the seed of the search. */
export type ProposeRequest = SearchSpec & Pick<ImproveRequest, 'seed'>;

/**
 * Everything a host can ask of Cortex; the editor and the terminal use the same one. Every method
 * rejects with a `CortexError`.
 */
export interface Engine extends StudyReader, StudySource {
  /**
   * The same engine for one caller: what its own work tells, and nobody else's, is told to
   * `listener` as well.
   */
  hearing(listener: (event: LoopEvent) => void): Engine;
  /**
   * What a model file lacks to be trained on this machine, in a clause for people (no Python with
   * its framework); `null` where it lacks nothing that is looked for.
   */
  lackOf(study: Study): Promise<string | null>;
  /**
   * The user's own script that can say what a study is trained on; `null` where the study says it
   * already, or the trainer says what is missing. Rejects for a Python file that nothing trains.
   */
  trainingScript(study: Study): Promise<string | null>;
  /**
   * Learns from one run of that script what the model is trained on and how, and keeps it as the
   * study's settings.
   */
  attach(study: Study, script: string, observing: Observing): Promise<Attached>;
  /**
   * A model file, a study file or a folder that holds one; what a person chose goes before what the
   * study file says.
   */
  openStudy(
    path: string,
    choice?: { readonly logPath?: string | null; readonly builder?: string | undefined },
  ): Promise<Study>;
  /**
   * The model file that a training log is of, by study file, content or place; `null` where it
   * cannot be told.
   */
  modelOfLog(logPath: string): Promise<string | null>;
  /** The training logs that may be a model file's, the likeliest first. */
  logsOfModel(modelPath: string): Promise<readonly string[]>;
  /** Names of the operators made for a finding, the strongest first. */
  remediesFor(finding: FindingKind): readonly string[];
  /** Reads a builder without building it. */
  inspect(text: string, language: Language): Promise<Result<Architecture, CortexError>>;
  /** What the text of a model file in an editor tells of its layers; nothing is built. */
  lens(
    study: Study,
    text: string,
    data: DataShape | null,
  ): Promise<Result<BuilderLens, CortexError>>;
  /**
   * Shape of the study's data, where it may be looked at without being asked to (see `mayProfile`);
   * `null` where not.
   */
  dataShape(study: Study, attempts: number): Promise<DataShape | null>;
  /** What autopilots keep; they run in processes of their own. */
  readonly autopilots: AutopilotStore;
  /** Where trials train: this machine, or the nodes of a cluster. */
  machines(): Promise<Machines>;
  /**
   * Reads the model file's builder and, where its language can be trained, builds it; `built` is
   * `null` otherwise.
   */
  inspectStudy(study: Study, signal: AbortSignal): Promise<Inspection>;
  /** Reads and diagnoses a training log; `run` is 1-based, default: the last of the file. */
  diagnose(logPath: string, options?: LogReaderOptions): Promise<Diagnosis>;
  /**
   * The diagnosis of a log that is being written, again after each addition; `null` where it shows
   * no epoch yet. Ends when the signal aborts. For an editor `pattern` is all
   * that is known of a study file's.
   */
  followLog(
    logPath: string,
    options: LogReaderOptions & { readonly signal: AbortSignal },
  ): AsyncIterable<Diagnosis | null>;
  /** What the training of an attempt itself says: the mean of its seeds, epoch by epoch. */
  diagnoseAttempt(study: Study, id: string): Promise<Diagnosis>;
  /**
   * Writes into the study file beside a log that a number of it is the series of a name
   * (`logPattern`); gives the path of that file and the expression.
   */
  nameInLog(
    logPath: string,
    number: NamedNumber,
  ): Promise<{ readonly path: string; readonly pattern: string }>;
  /** Every run of a log, in the order of the file; rejects as reading does. */
  runsOfLog(logPath: string, options: LogReaderOptions): Promise<readonly RunSpan[]>;
  /**
   * Where lines of a log (1-based, as the file has them) stand in an editor: it has more of them
   * where progress bars go back.
   */
  editorLines(logPath: string, lines: readonly number[]): Promise<readonly number[]>;
  /**
   * Up to `count` proposals from the best attempt so far (or the file as it is), without training
   * anything.
   */
  propose(
    study: Study,
    request: ProposeRequest & { readonly count: number },
  ): Promise<readonly Proposal[]>;
  /** What a language model would be sent for the next proposal, word for word; nothing is sent. */
  previewPrompt(study: Study, request: ProposeRequest): Promise<PromptPreview>;
  improve(study: Study, request: ImproveRequest): Promise<StudyReport>;
  /** Searches structure and numbers together until its budget is spent, and races what is best. */
  search(study: Study, spec: SweepSpec): Promise<SweepReport>;
  /**
   * Trains the file as it is and records it as a baseline, or trains an earlier attempt (its id)
   * with more seeds: `seeds` in all, or as many as its verdict takes.
   */
  train(study: Study, request: TrainRequest): Promise<AttemptSummary>;
  /** Trains without recording anything: for folders without a git repository. */
  tryOut(study: Study, signal: AbortSignal): Promise<TrainResult>;
  /**
   * Trains an attempt and its baseline once more and evaluates both on the sealed test part; the
   * opening is recorded.
   */
  unseal(study: Study, id: string, signal: AbortSignal): Promise<Unsealed>;
  /**
   * Trains a better attempt without each of its hunks, records those, and tells what each hunk
   * brought.
   */
  ablate(study: Study, id: string, signal: AbortSignal): Promise<readonly HunkEffect[]>;
  /** An attempt's seeds beside those of its parent and its baseline. */
  seedTable(study: Study, id: string): Promise<SeedTable>;
  /** What the hunks of an attempt brought, as far as they were ablated. */
  hunkEffects(study: Study, id: string): Promise<readonly HunkEffect[]>;
  /**
   * Studies whose branches were fetched from remotes into the repository of `path`; read only, and
   * nothing of them has to be here.
   */
  fetchedStudies(path: string): Promise<readonly Study[]>;
  /** The user's stars and notes on attempts, by their ids. */
  marks(study: Study): Promise<Marks>;
  /**
   * Puts a star or a note on an attempt, or takes both away; kept in the repository as a git note.
   */
  mark(study: Study, id: string, mark: Mark): Promise<void>;
  /** The trained weights of an attempt, by seed. */
  weights(study: Study, id: string): Promise<AttemptWeights>;
  /** Writes a trained attempt as files that its user's programs load, proven by a card. */
  exportModel(study: Study, request: ExportRequest): Promise<Exported>;
  /** Makes a trained attempt smaller in several ways, each judged and recorded. */
  compress(study: Study, request: CompressRequest): Promise<Compressed>;
  attempt(study: Study, id: string): Promise<Attempt>;
  /** All that the page of an attempt shows. */
  attemptView(study: Study, id: string): Promise<AttemptView>;
  /** Attempts side by side, in this order. */
  compare(study: Study, ids: readonly string[]): Promise<CompareDocument>;
  /** Where in the space of architectures the study has looked; made beside this thread. */
  studyMap(study: Study): Promise<StudyMap>;
  /** The earliest attempt that trained this text of the model file, however it is formatted. */
  attemptOfCode(study: Study, text: string): Promise<AttemptSummary | undefined>;
  /** The model file's text as an attempt trained it. */
  variantText(study: Study, id: string): Promise<string>;
  /** Finds an attempt by id, number or commit among the studies at or below `folder`. */
  findAttempt(
    folder: string,
    name: string,
  ): Promise<{ readonly study: Study; readonly summary: AttemptSummary }>;
  /**
   * Writes an attempt's text to the model file; `keep` refuses where the file holds what no attempt
   * has kept.
   */
  apply(study: Study, id: string, mode: 'keep' | 'overwrite'): Promise<void>;
  /** Puts an attempt's project into a new working tree; the user's own is not touched. */
  checkOut(study: Study, id: string, folder: string): Promise<void>;
  /** Makes a branch at an attempt's commit; refuses a name that is taken. */
  branchAt(study: Study, id: string, name: string): Promise<void>;
  /**
   * One clean commit on a new branch from the user's HEAD: the model file as the attempt trained
   * it, with the reasoning and the verdicts as message.
   */
  promote(study: Study, id: string, branch?: string): Promise<Promoted>;
  /** Attempts of a study, by their ids and in that order, as one self-contained text. */
  exportHistory(
    study: Study,
    options: { readonly ids: readonly string[]; readonly format: ExportFormat },
  ): Promise<string>;
  /**
   * All that the offline engine can propose, with its sources; for a study those first that its
   * diagnosis calls for, with their record in it.
   */
  ideas(study: Study | null, signal: AbortSignal): Promise<readonly ListedIdea[]>;
  /**
   * What a table, a folder of images by class, or a text holds, and what of it can be predicted;
   * large data by a sample.
   */
  surveyData(request: SurveyRequest, signal: AbortSignal): Promise<Survey>;
  /** Three first models for data that were looked at, the likeliest first. */
  firstModels(survey: Survey, language: StartLanguage): Promise<readonly FirstModel[]>;
  /** Writes a first model for data that were looked at, and tries three. */
  newModel(request: NewModelRequest): Promise<NewModel>;
  /** A folder of a git repository, or below one. */
  isInRepository(folder: string): Promise<boolean>;
  /** Makes `folder` a git repository; never called without the user's word. */
  initRepository(folder: string): Promise<void>;
  /** Makes a folder that Cortex has filled a git repository, with all of it in a first commit. */
  beginRepository(folder: string, message: string): Promise<void>;
  dispose(): Promise<void>;
}
