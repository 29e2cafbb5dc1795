import { diffLines } from 'diff';
import type { ForbiddenChange } from './forbiddenCode.ts';

/** A part of a source file. */
export interface Piece {
  readonly text: string;
  /** 1-based, of its beginning. */
  readonly line: number;
}

/** What a change does above the builder that it may not do; `null` where it may. */
export function changeAbove(base: Piece, changed: string): ForbiddenChange | null {
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
  /^(\s|$|(export\s+)?(async\s+)?function\b|(export\s+)?const\s|class\s|import\s|type\s|interface\s|def\s|from\s|[A-Z_]+\s*=|[})\]]|\/\/|\/\*|\*|#|@|export\s*$)/;

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
