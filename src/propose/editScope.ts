import { diffLines } from 'diff';
import type { Builder, SourceRange } from '../model/architecture.ts';
import { forbiddenCode, type ForbiddenChange } from './forbiddenCode.ts';

/** A model file's text and where its builder stands in it. */
export interface Source {
  readonly text: string;
  readonly builder: Builder;
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
  const [before, after] = [around(base), around(changed)];
  if (before.length !== after.length || before.at(-1)?.text !== after.at(-1)?.text) {
    return {
      message: 'The change reaches below the builder; a proposal may change the builder only.',
      line: changed.builder.range.endLine,
    };
  }
  for (const [index, piece] of before.slice(0, -1).entries()) {
    const wrong = changeAbove(piece, after[index]?.text ?? '');
    if (wrong) return wrong;
  }
  return forbiddenCode(base.text, changed.text);
}

interface Piece {
  readonly text: string;
  /** 1-based, of its beginning. */
  readonly line: number;
}

/** What stands around the ranges that a proposal may change, from the top of the file. */
function around({ text, builder, scope = [] }: Source): readonly Piece[] {
  const ranges = [builder.range, ...scope].toSorted((a, b) => a.start - b.start);
  const starts = [{ end: 0, endLine: 1 }, ...ranges];
  return starts.map(({ end, endLine }, index) => ({
    text: text.slice(end, ranges[index]?.start ?? text.length),
    line: endLine,
  }));
}

function changeAbove(base: Piece, changed: string): ForbiddenChange | null {
  let { line } = base;
  for (const part of diffLines(base.text, changed)) {
    if (part.removed) {
      return {
        message:
          'The change alters code above the builder; a proposal may only insert helpers and ' +
          'imports there.',
        line,
      };
    }
    const wrong = part.added ? wrongInsertion(part.value.split('\n'), line) : null;
    if (wrong) return wrong;
    line += part.count;
  }
  return null;
}

/**
 * What may start a line without indentation above the builder: a declaration, a part of one, a
 * comment.
 */
const DECLARATION =
  /^(\s|$|(export\s+)?(async\s+)?function\b|(export\s+)?const\s|import\s|type\s|interface\s|def\s|from\s|[A-Z_]+\s*=|[})\]]|\/\/|\/\*|\*|#|@|export\s*$)/;

const IMPORTED = /(?:\bfrom\s*|\bimport\s*)(['"])([^'"]*)\1/g;

function wrongInsertion(lines: readonly string[], first: number): ForbiddenChange | null {
  const inserted = lines.join('\n');
  const foreign = [...inserted.matchAll(IMPORTED)].find(
    ([, , name]) => !/^@tensorflow\/tfjs/.test(name ?? ''),
  );
  if (foreign) {
    const line = first + inserted.slice(0, foreign.index).split('\n').length - 1;
    return {
      message:
        `The change imports ${foreign[2] ?? ''}; only @tensorflow/tfjs packages may be ` +
        'imported.',
      line,
    };
  }
  const statement = lines.findIndex((text) => !DECLARATION.test(text));
  return statement < 0
    ? null
    : {
        message:
          'Above the builder only functions, constants and imports of @tensorflow/tfjs may ' +
          'be inserted.',
        line: first + statement,
      };
}
