/** Everything the core needs from the outside world. Adapters implement these; the two roots wire them by hand. */
import type { Attempt, Cost, Environment, Exchange, Failure, MetricSummary, Repair, ReviewRecord, Trial, VerdictKind } from './attempts/attempt.ts';
import type { CortexError } from './errors.ts';
import type { Architecture } from './model/architecture.ts';
import type { ArchitectureEdit } from './model/edits.ts';
import type { CurveBound } from './judge/fallenBehind.ts';
import type { Language, ModelFile } from './model/modelFile.ts';
import type { Proposal } from './proposal/proposal.ts';
import type { Result } from './result.ts';
import type { Study } from './study/study.ts';
import type { Diagnosis, FindingKind } from './trainingLog/diagnosis.ts';
import type { TrainingLog } from './trainingLog/trainingLog.ts';

/** Time. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Aborted with `reason` after so many milliseconds; does not keep the process alive. */
  deadline(milliseconds: number, reason: CortexError): AbortSignal;
}

/** Randomness: uniform in [0, 1). Seeded, so that a search can be repeated. */
export interface Random {
  next(): number;
}

/** Source text ↔ `Architecture`. Reading is deterministic and free of I/O once the grammar is loaded. */
export interface ModelSyntax {
  /** Loads the grammar of a language; call once before reading it. */
  load(language: Language): Promise<void>;
  /** Refuses with an `input` error that names the line: syntax error, no builder, two builders. */
  read(text: string, language: Language): Result<Architecture, CortexError>;
  /** Applies typed edits; refuses where the source has a form the writer cannot edit. Keeps line ends, BOM and everything outside the builder. */
  write(text: string, architecture: Architecture, edits: readonly ArchitectureEdit[]): Result<string, CortexError>;
}

/** The files of a study, read only. */
export interface StudyFiles {
  readModel(study: Study): Promise<ModelFile>;
  /** The study's log, parsed; `null` when there is none. */
  readLog(study: Study): Promise<TrainingLog | null>;
}

/** The source that is trained: the text that stands in for the file at `path`. */
export interface Variant {
  readonly path: string;
  readonly text: string;
}

/** What the trainer knows of the study's data (train and validation parts only). */
export interface DataProfile {
  readonly task: 'classification' | 'regression';
  /** Shape of one input, without the batch dimension. */
  readonly inputShape: readonly number[];
  readonly outputUnits: number;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  /** Share of each class in the training part; empty for regression. */
  readonly classShares: readonly number[];
  /** SHA-256 over the train and validation parts. */
  readonly hash: string;
  /** What a network starts from, on the training part as it is trained on; absent for streamed data. */
  readonly scales?: DataScales | undefined;
  /** The rows came without a validation part of their own, so that they can be dealt into folds. */
  readonly foldable?: true | undefined;
}

/** Mean and standard deviation of a number. */
export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** Scales of the targets and the inputs of a training part. */
export interface DataScales {
  /** `null` for classes and for several outputs. */
  readonly target: Scale | null;
  /** Deviations of the narrowest and the widest feature that varies, and the largest mean in deviations; `null` where none varies. */
  readonly features: { readonly smallest: number; readonly largest: number; readonly offset: number } | null;
}

/** What simple models reach on the validation part, by key of the logs (`val_loss` …); `linear` is `null` where the inputs are too wide for one. */
export interface ReferenceScores {
  readonly trivial: Readonly<Record<string, number>>;
  readonly linear: Readonly<Record<string, number>> | null;
}

/** A layer as the runtime built it. */
export interface BuiltLayer {
  readonly name: string;
  readonly className: string;
  /** Without the batch dimension; `null` for an unknown size. */
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
}

/** A variant that builds, with the right shapes and inside the limits. */
export interface BuiltModel {
  readonly layers: readonly BuiltLayer[];
  readonly parameters: number;
}

/** One `train` request: one variant, several seeds, in one message. */
export interface TrainRequest {
  readonly study: Study;
  readonly variant: Variant;
  readonly seeds: readonly number[];
  /** `test` unseals: the metric is computed on the sealed part; never used by a search. */
  readonly evaluateOn: 'validation' | 'test';
  /** Seeds that end early, as failed by `stopped`, when their curve falls behind; absent: every seed runs to its end. */
  readonly bounds?: readonly CurveBound[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainProgress) => void;
  /** A seed has ended, well or not. */
  readonly onTrial?: (trial: Trial) => void;
}

/** Sent at least once per epoch. */
export interface TrainProgress {
  readonly seed: number;
  /** 1-based, of `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** Which of the seed's models trains, 1-based, where there is one a fold. */
  readonly fold?: { readonly number: number; readonly count: number } | undefined;
  /** Position of this seed among the request's seeds, 0-based. */
  readonly seedIndex: number;
  readonly seedCount: number;
  /** With folds: means over this fold and those before it. */
  readonly logs: Readonly<Record<string, number>>;
  /** Estimate for all seeds of the request. */
  readonly secondsLeft: number | null;
}

/** What a `train` request came to: as many trials as seeds were started. Never rejects for what the variant did. */
export interface TrainResult {
  readonly trials: readonly Trial[];
  readonly parameters: number | null;
  readonly environment: Environment;
  readonly dataHash: string | null;
}

/** Builds and trains variants outside this process. Rejects with a `CortexError` only for input or environment errors (bad data, no runtime). */
export interface Trainer {
  profileData(study: Study, signal: AbortSignal): Promise<DataProfile>;
  /** Always answering the mean, and a linear model: what a network has to beat. `null` for streamed data. */
  references(study: Study, signal: AbortSignal): Promise<ReferenceScores | null>;
  /** Builds without training (about a second at most on a warm worker). */
  build(study: Study, variant: Variant, signal: AbortSignal): Promise<Result<BuiltModel, Failure>>;
  train(request: TrainRequest): Promise<TrainResult>;
  /** The runtime this study is trained on in this session, as `Environment.runtime` names it; chosen by `variant` where it is not yet. */
  runtime(study: Study, variant: Variant, signal: AbortSignal): Promise<string>;
  /** Stops every worker. */
  dispose(): Promise<void>;
}

/** What the list of attempts needs; read from commit trailers without opening a record. */
export interface AttemptSummary {
  readonly id: string;
  readonly number: number;
  readonly study: string;
  readonly verdict: VerdictKind;
  /** What kept an attempt from its end, e.g. `interrupted`, `memory`, `stopped` (worse while it trained); `null` for all others. */
  readonly failure: Failure['kind'] | null;
  readonly title: string;
  readonly operator: string | null;
  readonly family: string | null;
  readonly proposer: string | null;
  readonly metric: MetricSummary | null;
  /** Observed mean paired difference against the parent, and what was predicted. */
  readonly effect: { readonly observed: number | null; readonly predicted: number | null };
  /** What the proposer gave it to be better, 0–1; `null` where none was given, and absent or `null` in older commits. */
  readonly confidence?: number | null;
  /** Where the proposal's words and its change disagreed: how often. */
  readonly mismatches: number;
  readonly parameters: number | null;
  readonly fingerprint: string | null;
  readonly parents: readonly string[];
  /** SHA-256 of the variant's text and of the data: two trials are comparable when config and data agree. */
  readonly sourceHash: string;
  readonly dataHash: string | null;
  readonly configHash: string;
  readonly commit: string;
  /** Milliseconds since the epoch. */
  readonly finishedAt: number;
  /** What of the log it answered, by the findings' names; `undefined` in commits from before it was kept. */
  readonly findings?: readonly string[] | undefined;
  /** Other ways to train its baseline that the check of one compared on the validation part; absent elsewhere and in older commits. */
  readonly looks?: number | undefined;
  /** What it took: seconds of training (of what it was compared with, too), and the language model; `undefined` in older commits. */
  readonly spent?: AttemptCost | undefined;
}

/** What an attempt took. */
export interface AttemptCost {
  readonly seconds: number;
  readonly tokens: number;
  /** US dollars; `null` where the price is unknown. */
  readonly usd: number | null;
}

/** The git branch of a study. Never touches HEAD, index, working tree, stash, hooks or other branches. */
export interface AttemptStore {
  /** All attempts, oldest first; interrupted drafts of dead processes are turned into `cancelled` attempts first. */
  list(study: Study): Promise<readonly AttemptSummary[]>;
  read(study: Study, id: string): Promise<Attempt>;
  /** The model file's text as that attempt trained it. */
  readVariant(study: Study, id: string): Promise<string>;
  /** Keeps an unfinished attempt safe (outside the branch) until `record` or a later `list` of another process finishes it. */
  saveDraft(study: Study, attempt: Attempt, variantText: string): Promise<void>;
  /** Commits the attempt on the study's branch and drops its draft. */
  record(study: Study, attempt: Attempt, variantText: string): Promise<AttemptSummary>;
}

/** What a proposer is given. */
export interface ProposeRequest {
  readonly study: Study;
  readonly model: ModelFile;
  readonly architecture: Architecture;
  readonly diagnosis: Diagnosis;
  readonly data: DataProfile | null;
  readonly history: readonly AttemptSummary[];
  readonly parent: AttemptSummary | null;
  /** How many proposals to come back with, at most. */
  readonly count: number;
  /** The user's own words, if any. */
  readonly wish: string | null;
  /** The finding that the user wants answered, if any: what answers it goes first. */
  readonly focus?: FindingKind | null;
  /** The search has stalled: only a change of the network's structure will do (width, depth, convolution, residual, normalisation). */
  readonly structural?: boolean;
  /** The full records of the last few attempts, oldest first; read only when asked for. */
  readonly recent?: () => Promise<readonly Attempt[]>;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** Comes up with reasoned changes. An empty list means it has nothing left to offer. */
export interface Proposer {
  readonly name: string;
  propose(request: ProposeRequest): Promise<readonly Proposal[]>;
  /** Mends a proposal of its own that failed; a proposer without it (or `null` for another's proposal) is not asked again. */
  repair?(request: RepairRequest): Promise<RepairAnswer | null>;
  /** What its next request would come to; nothing is sent. Absent where nobody is asked. */
  estimate?(request: Omit<ProposeRequest, 'random'>): Promise<RequestEstimate>;
}

/** A proposal of the proposer's own that did not apply, build or train. */
export interface RepairRequest {
  readonly round: ProposeRequest;
  readonly proposal: Proposal;
  readonly failure: Failure;
  /** The steps before this one, oldest first. */
  readonly earlier: readonly Repair[];
}

/** What a failure was answered by; `answer` is one sentence for the attempt's record. */
export type RepairAnswer =
  | { readonly kind: 'corrected'; readonly proposal: Proposal; readonly answer: string; readonly cost: Cost | null }
  /** A missing package, the memory of this machine: stops the repair and says why. */
  | { readonly kind: 'cannot-mend'; readonly answer: string; readonly cost: Cost | null; readonly exchanges?: readonly Exchange[] };

/** What one of a proposer's requests would come to, before it is sent. */
export interface RequestEstimate {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** `null`: unknown. */
  readonly price: Price | null;
  /** Requests a round, on average: below 1 where others propose too, above it where a round asks for several proposals. */
  readonly share: number;
}

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  /** When it was true, where it is a list price that Cortex brings along; absent: the user's own. */
  readonly listed?: string;
}

/** One question to a language model. */
export interface ModelQuestion {
  /** What the model is and how it must answer. */
  readonly system: string;
  readonly prompt: string;
  /** JSON schema of the answer; a model that cannot be held to it is still read and validated by the asker. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** The answer's text as it grows. */
  readonly onText: (text: string) => void;
}

/** What a language model answered, in its own words, and what that cost. */
export interface ModelReply {
  readonly text: string;
  readonly cost: Cost;
}

/** A language model, wherever it runs. Rejects with a `CortexError` that never holds a key; enforces its own caps before it sends. */
export interface LanguageModel {
  /** `openai:gpt-5-mini`: what stands in the history. */
  readonly name: string;
  /** Absent or `null`: unknown. */
  readonly price?: Price | null;
  ask(question: ModelQuestion): Promise<ModelReply>;
}

/** What came out of a review. */
export type ReviewOutcome =
  | { readonly kind: 'accepted'; readonly text: string; readonly record: ReviewRecord }
  | { readonly kind: 'rejected'; readonly record: ReviewRecord }
  /** Closed without a decision; ends the loop without recording. */
  | { readonly kind: 'dismissed' };

/** Decides on a proposal: a person in the editor, or a rule in a terminal. */
export interface Reviewer {
  review(proposal: Proposal, signal: AbortSignal): Promise<ReviewOutcome>;
}

/** What happens, while it happens: for status bars, progress lines and views. */
export type LoopEvent =
  /** What the run would take, before it begins; all for the whole run, `null` where it cannot be known. */
  | {
      readonly kind: 'forecast';
      readonly forecast: {
        readonly model: string | null;
        readonly requests: number | null;
        readonly inputTokens: number | null;
        readonly outputTokens: number | null;
        readonly usd: number | null;
        /** Of training, with the fewest seeds and with the most. */
        readonly minutes: { readonly from: number; readonly to: number } | null;
        /** Sentences for people. */
        readonly text: string;
      };
    }
  /** What the baseline is worth beside simple models, or better training: a sentence for people, and the attempt that holds the runs. */
  | { readonly kind: 'adequacy'; readonly text: string; readonly check: string | null }
  /** A short run to find out how well the baseline is trained: `learning rate 0.01, 5 epochs`. */
  | { readonly kind: 'probing'; readonly text: string }
  /** What was interrupted goes on: which proposal, which seeds are not trained again; a sentence for people. */
  | { readonly kind: 'resuming'; readonly text: string }
  /** Something about the study that its user has to know, a sentence: other data than before, data that is small. */
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'diagnosed'; readonly diagnosis: Diagnosis }
  /** A language model is writing: its answer so far. */
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'proposed'; readonly proposal: Proposal; readonly round: number }
  | { readonly kind: 'repairing'; readonly failure: Failure; readonly step: number }
  | { readonly kind: 'training'; readonly title: string; readonly attemptId: string; readonly number: number; readonly parents: readonly string[] }
  /** `isReference`: what trains is not the attempt itself but what it is compared with. */
  | { readonly kind: 'progress'; readonly attemptId: string; readonly progress: TrainProgress; readonly isReference?: boolean }
  | { readonly kind: 'recorded'; readonly attempt: AttemptSummary; readonly text: string };

/** All ports of the loop in one value. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  readonly syntax: ModelSyntax;
  readonly files: StudyFiles;
  readonly trainer: Trainer;
  readonly store: AttemptStore;
  readonly proposer: Proposer;
  readonly reviewer: Reviewer;
  readonly onEvent: (event: LoopEvent) => void;
  /** SHA-256 of a text, in hex. */
  readonly hash: (text: string) => string;
  /** How often a failure goes back to the proposer; 4 where it is not said. */
  readonly repairAttempts?: number;
}
