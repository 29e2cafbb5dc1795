import type { SweptConfiguration } from '../../record/searchRecords.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { StudyMap } from './studyMap.ts';
import type { StudyRow } from './studyRow.ts';

/**
 * What the Study view is told; of a study that was fetched from a remote, its name: such a study is
 * read only. Rows come in slices, oldest first; a slice from 0 replaces all there are.
 */
export type ToStudy =
  | {
      readonly kind: 'study';
      readonly name: string;
      readonly modelPath: string;
      readonly objective: Objective;
      readonly remote: string | null;
    }
  | {
      readonly kind: 'rows';
      readonly from: number;
      readonly total: number;
      readonly rows: readonly StudyRow[];
    }
  /**
   * The best attempt, and the one that holds what stands in the user's file; a study that was
   * fetched has no file here.
   */
  | {
      readonly kind: 'standing';
      readonly best: string | null;
      readonly file: string | null;
      readonly hasFile: boolean;
    }
  | { readonly kind: 'selected'; readonly ids: readonly string[] }
  /** The attempts that the user starred, all of them. */
  | { readonly kind: 'stars'; readonly ids: readonly string[] }
  | { readonly kind: 'map'; readonly map: StudyMap }
  /** What the newest search tried. */
  | {
      readonly kind: 'sweep';
      readonly number: number;
      readonly configurations: readonly SweptConfiguration[];
    };

/** What the Study view tells. */
export type FromStudy =
  | { readonly kind: 'ready' }
  | { readonly kind: 'select'; readonly ids: readonly string[] }
  | { readonly kind: 'open'; readonly id: string }
  /** A star is put on an attempt, or taken away. */
  | { readonly kind: 'star'; readonly id: string }
  | { readonly kind: 'compare'; readonly ids: readonly string[] }
  /** The map was opened: it costs, so it is made when it is looked at. */
  | { readonly kind: 'map' }
  /** The effects were opened: what the newest search tried is asked for. */
  | { readonly kind: 'sweep' };
