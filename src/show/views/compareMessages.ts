import type { CompareDocument } from './compareDocument.ts';

/** What a Compare page is told, with what it needs to come back after a reload. */
export interface ToCompare {
  readonly kind: 'compare';
  readonly modelPath: string;
  readonly ids: readonly string[];
  readonly document: CompareDocument;
}

/** What a Compare page tells. */
export type FromCompare =
  { readonly kind: 'ready' } | { readonly kind: 'open'; readonly id: string };
