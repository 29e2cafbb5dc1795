import { type Mark } from '../../../show/arrange/arrangement.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { Study } from '../../../study/study.ts';
import type { StudyEntry } from '../study/studies.ts';

/** Where an attempt stands in its study. */
export type Role = 'best' | 'baseline' | 'attempt';

/** One row of the history. Nodes of attempts carry what commands need as their argument. */
export type HistoryNode =
  | { readonly kind: 'study'; readonly modelPath: string; readonly entry: StudyEntry }
  /** What trains right now; its numbers come from the live progress. */
  | { readonly kind: 'running'; readonly modelPath: string }
  | {
      readonly kind: 'attempt';
      readonly modelPath: string;
      readonly attemptId: string;
      readonly study: Study;
      readonly hasFile: boolean;
      readonly attempt: AttemptSummary;
      readonly role: Role;
      readonly mark: Mark;
      readonly below: () => readonly HistoryNode[];
    }
  /** Rows made when it is opened. */
  | {
      readonly kind: 'folder';
      readonly id: string;
      readonly label: string;
      readonly description: string;
      readonly rows: () => readonly HistoryNode[];
    }
  | {
      readonly kind: 'detail';
      readonly id: string;
      readonly label: string;
      readonly description: string;
      readonly icon: string;
      readonly details: readonly string[];
    };
