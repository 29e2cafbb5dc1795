import type { Diagnosis, FindingKind } from '../../../log/diagnosis.ts';
import { type PlacedFinding } from './placedFindings.ts';

/**
 * One row of the Diagnosis view. `logPath` and `modelPath` are what commands take as their
 * argument.
 */
export type DiagnosisNode =
  | { readonly kind: 'log'; readonly logPath: string; readonly description: string }
  /** In place of a log: what an attempt's own training says. */
  | {
      readonly kind: 'trained';
      readonly modelPath: string;
      readonly attemptId: string;
      readonly label: string;
      readonly description: string;
    }
  | { readonly kind: 'model'; readonly modelPath: string | null; readonly logPath: string | null }
  | { readonly kind: 'run'; readonly logPath: string; readonly run: Diagnosis['run'] }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly label: string;
      readonly icon: GroupIcon;
      readonly children: readonly DiagnosisNode[];
    }
  | {
      readonly kind: 'series';
      readonly name: string;
      readonly description: string;
      readonly spoken: string;
    }
  | {
      readonly kind: 'finding';
      /** `null`: it is of no log. */
      readonly logPath: string | null;
      readonly focus: FindingKind;
      readonly placed: PlacedFinding;
    }
  | { readonly kind: 'line'; readonly logPath: string; readonly line: number }
  | {
      readonly kind: 'note';
      readonly label: string;
      readonly description: string;
      readonly tooltip: string;
      readonly icon: GroupIcon;
    };

/** Icons of rows that group others. */
export type GroupIcon = 'error' | 'warning' | 'info' | 'graph-line' | 'telescope' | 'loading~spin';
