import { diffLines } from 'diff';
import type { Builder } from '../model/architecture.ts';

/** A model file's text and where its builder stands in it. */
export interface Source {
  readonly text: string;
  readonly builder: Builder;
}

/**
 * The first change that is neither in the builder nor an insertion above it (a helper, an import); `null` when there is none.
 * Data, metric and training loop live in the trainer, so nothing else in the file may change.
 */
export function changeOutsideBuilder(base: Source, changed: Source): { readonly message: string; readonly line: number } | null {
  if (base.text.slice(base.builder.range.end) !== changed.text.slice(changed.builder.range.end)) {
    return { message: 'The change reaches below the builder; a proposal may change the builder only.', line: changed.builder.range.endLine };
  }
  let line = 1;
  for (const part of diffLines(base.text.slice(0, base.builder.range.start), changed.text.slice(0, changed.builder.range.start))) {
    if (part.removed) {
      return { message: 'The change alters code above the builder; a proposal may only insert helpers and imports there.', line };
    }
    line += part.count;
  }
  return null;
}
