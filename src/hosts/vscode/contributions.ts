import type { FindingKind } from '../../log/diagnosis.ts';

/** Points at a model file: a `Uri` from a menu, a tree item, or a CodeLens argument. */
export type ModelReference = { readonly fsPath: string } | { readonly modelPath: string };

/**
 * Points at a training log, and perhaps at one of its findings: a `Uri` from a menu, a tree item, a
 * CodeLens or a Quick Fix.
 */
export type LogReference =
  { readonly fsPath: string } | { readonly logPath: string; readonly focus?: FindingKind };

/** Points at an attempt: a tree item, a button or a CodeLens argument. */
export interface AttemptReference {
  readonly modelPath: string;
  readonly attemptId: string;
}

/** Points at a hunk of an open review; without it the hunk at the cursor is meant. */
export interface HunkReference {
  readonly review: string;
  readonly hunk: number;
}

/** Points at a model file, and perhaps at a task of its autopilot. */
export type PilotReference = ModelReference & { readonly task?: string };

type OnModel = [model?: ModelReference];
/** One builder of a model file with several. */
export interface BuilderReference {
  readonly modelPath: string;
  readonly builder: string;
}
type OnLog = [log?: LogReference];
type OnAttempt = [attempt?: AttemptReference];
/** The row a menu was opened on, and all that are selected. */
type OnAttempts = [attempt?: AttemptReference, selected?: readonly AttemptReference[]];
type OnHunk = [hunk?: HunkReference];

/** Every command Cortex contributes, with its arguments; a test holds package.json to this list. */
export interface CommandArguments {
  'cortex.improve': OnModel;
  'cortex.improveWithWish': [model?: ModelReference, wish?: unknown];
  'cortex.showIdeas': OnModel;
  'cortex.setUp': [model?: ModelReference, andThen?: () => Promise<void>];
  'cortex.improveBuilder': [builder?: BuilderReference];
  'cortex.train': OnModel;
  'cortex.thinkLoop': OnModel;
  'cortex.search': OnModel;
  'cortex.tune': OnModel;
  'cortex.startAutopilot': OnModel;
  'cortex.pauseAutopilot': OnModel;
  'cortex.resumeAutopilot': OnModel;
  'cortex.stopAutopilot': OnModel;
  'cortex.autopilotNow': [task?: PilotReference];
  'cortex.addAutopilotTask': OnModel;
  'cortex.showAutopilotReport': OnModel;
  'cortex.cancel': [];
  'cortex.setApiKey': [];
  'cortex.clearApiKey': [];
  'cortex.showThinking': [];
  'cortex.prompt.show': [];
  'cortex.prompt.send': [];
  'cortex.prompt.useOffline': [];
  'cortex.applyAttempt': OnAttempt;
  'cortex.diffWithParent': OnAttempt;
  'cortex.diffWithBaseline': OnAttempt;
  'cortex.diffWithFile': OnAttempt;
  'cortex.showAttempt': OnAttempt;
  'cortex.peekAttempt': [attempt: AttemptReference];
  'cortex.compareAttempts': [attempt?: AttemptReference, attempts?: readonly AttemptReference[]];
  'cortex.showStudy': OnModel;
  'cortex.retrain': OnAttempt;
  'cortex.copySha': OnAttempt;
  'cortex.unseal': OnAttempt;
  'cortex.ablate': OnAttempt;
  'cortex.exportModel': OnAttempt;
  'cortex.makeSmaller': OnAttempt;
  'cortex.starAttempt': OnAttempts;
  'cortex.noteAttempt': OnAttempt;
  'cortex.proposeFrom': OnAttempt;
  'cortex.checkOutAttempt': OnAttempt;
  'cortex.branchFromAttempt': OnAttempt;
  'cortex.promote': OnAttempt;
  'cortex.restoreBaseline': OnModel;
  'cortex.exportHistory': OnModel;
  'cortex.sortAttempts': [];
  'cortex.filterAttempts': [];
  'cortex.clearFilter': [];
  'cortex.groupAttempts': [];
  'cortex.refreshHistory': [];
  'cortex.refreshMachines': [];
  'cortex.showTrackRecord': OnModel;
  'cortex.selectStudy': [];
  'cortex.showOutput': [];
  'cortex.openSettings': [];
  'cortex.diagnose': OnLog;
  'cortex.showFindings': [];
  'cortex.improveFromLog': OnLog;
  'cortex.openLog': OnModel;
  'cortex.chooseLog': OnModel;
  'cortex.chooseModelOfLog': OnLog;
  'cortex.chooseRun': OnLog;
  'cortex.nameNumber': OnLog;
  'cortex.initRepository': [model?: ModelReference, andThen?: () => Promise<void>];
  'cortex.openExample': [];
  'cortex.newModel': [data?: { readonly fsPath: string }];
  'cortex.review.accept': OnHunk;
  'cortex.review.reject': OnHunk;
  'cortex.review.why': OnHunk;
  'cortex.review.next': [];
  'cortex.review.previous': [];
  'cortex.review.acceptAll': [];
  'cortex.review.rejectAll': [];
  'cortex.review.train': [];
  'cortex.review.apply': [];
  'cortex.review.openDiff': [];
  'cortex.review.reasoning': [];
  'cortex.review.stale': [];
  'cortex.review.fromFile': [];
  'cortex.review.show': [];
}

/** A contributed command. */
export type CommandId = keyof CommandArguments;

/**
 * Ids of views, languages, schemes and context keys; package.json refers to them in `when` clauses.
 */
export const historyView = 'cortex.attempts';
export const curvesView = 'cortex.curves';
export const diagnosisView = 'cortex.diagnosis';
export const autopilotView = 'cortex.autopilot';
export const machinesView = 'cortex.machines';
export const logLanguage = 'training-log';
export const reviewScheme = 'cortex-review';
export const autopilotScheme = 'cortex-autopilot';
export const trackRecordScheme = 'cortex-track-record';
export const variantScheme = 'cortex-variant';
export const promptScheme = 'cortex-prompt';

/** Context keys Cortex sets, with their types. */
export interface ContextKeys {
  /** The history shows less than there is. */
  'cortex.filtered': boolean;
  /** Something is being searched or trained. */
  'cortex.running': boolean;
  /** The active editor shows a review. */
  'cortex.reviewActive': boolean;
  /** A proposal waits for the user's decision, whether it is shown or not. */
  'cortex.reviewWaiting': boolean;
  /** File-system paths of the model files seen so far (`resourcePath in cortex.modelFiles`). */
  'cortex.modelFiles': readonly string[];
  /** File-system paths of those that lack something to be trained here. */
  'cortex.lacking': readonly string[];
  /** A study that was read has attempts: what needs one is in the palette. */
  'cortex.attempts': boolean;
  /**
   * File-system paths of the followed logs that show epochs: files of other programs end in `.log`,
   * too.
   */
  'cortex.trainingLogs': readonly string[];
  /** What the Diagnosis view has to show or to say. */
  'cortex.diagnosis': 'nothing' | 'noLog' | 'reading' | 'noEpochs' | 'unreadable' | 'log';
  /** What the empty history offers. */
  'cortex.history': 'looking' | 'noModel' | 'noRepository' | 'noAttempts' | 'attempts';
}
