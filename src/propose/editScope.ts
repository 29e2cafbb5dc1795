import type { Builder, SourceRange } from '../model/architecture.ts';
import type { Language } from '../model/modelFile.ts';
import { forbiddenCode, type ForbiddenChange } from './forbiddenCode.ts';
import { changeAbove } from './editsAbove.ts';
import type { Piece } from './editsAbove.ts';

/** A model file's text and where its builder stands in it. */
export interface Source {
  readonly text: string;
  readonly builder: Builder;
  readonly language?: Language;
  /** What else a proposal may change: a helper that the layers stand in, the file's `compile`. */
  readonly scope?: readonly SourceRange[] | undefined;
}

/**
 * The first change that is neither in the builder (or in the helper its layers stand in) nor an
 * insertion above it (a helper, an import of TensorFlow.js), or that brings in code which reaches
 * outside the model; `null` when there is none. Data, metric and training loop live in the trainer,
 * so nothing else in the file may change.
 */
export function changeOutsideBuilder(base: Source, changed: Source): ForbiddenChange | null {
  const isRegion = base.builder.kind === 'region';
  const [before, after] = [around(base), around(changed)];
  if (before.length !== after.length || before.at(-1)?.text !== after.at(-1)?.text) {
    return {
      message: 'The change reaches below the builder; a proposal may change the builder only.',
      line: changed.builder.range.endLine,
    };
  }
  for (const [index, piece] of before.slice(0, -1).entries()) {
    const above = after[index]?.text ?? '';
    const wrong = isRegion ? changeOfRest(piece, above) : changeAbove(piece, above);
    if (wrong) return wrong;
  }
  // The names it looks for are those of the languages that are read.
  return base.language === 'other' ? null : forbiddenCode(base.text, changed.text);
}

/** Around a marked region nothing may be inserted either: its language is not known. */
const changeOfRest = (base: Piece, changed: string): ForbiddenChange | null =>
  base.text === changed
    ? null
    : { message: 'The change reaches out of the marked region.', line: base.line };

/** What stands around the ranges that a proposal may change, from the top of the file. */
function around({ text, builder, scope = [] }: Source): readonly Piece[] {
  const ranges = [builder.range, ...scope].toSorted((a, b) => a.start - b.start);
  const starts = [{ end: 0, endLine: 1 }, ...ranges];
  return starts.map(({ end, endLine }, index) => ({
    text: text.slice(end, ranges[index]?.start ?? text.length),
    line: endLine,
  }));
}
