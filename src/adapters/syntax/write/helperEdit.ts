import type { Helper } from '../../../model/edits.ts';
import { cannotEditError } from '../errors.ts';
import type { Reading } from '../read/reading.ts';
import type { EditContext } from './editContext.ts';
import { insertion, lineStart } from './patch.ts';
import type { Patch } from './patch.ts';

/**
 * Writes a helper function right above the builder and the comments that belong to it; not again
 * where it stands already.
 */
export function insertHelper(context: EditContext, helper: Helper): readonly Patch[] {
  const { text, reading } = context;
  const source = styled(context, sourceFor(context, helper));
  const plain = text.replaceAll('\r\n', '\n');
  if (plain.includes(source)) return [];
  if (isTaken(context, helper.name))
    throw cannotEditError(`the file already has another \`${helper.name}\``);
  const at = aboveDocumentation(context, placeAbove(reading));
  const before = text.slice(0, at).replace('\uFEFF', '');
  const blank = before === '' || /\n\r?\n$/.test(before) ? '' : /\n$/.test(before) ? '\n' : '\n\n';
  return [insertion(at, `${blank}${source}\n\n`)];
}

/** In front of the builder; of one at the top of the file, behind the imports. */
function placeAbove({ builder, module }: Reading): number {
  if (builder.reach?.kind !== 'top') return builder.topLevel.start;
  const first = module.top.find(({ kind }) => kind !== 'import' && kind !== 'type');
  return first?.span.start ?? builder.topLevel.start;
}

const sourceFor = ({ reading }: EditContext, { source }: Helper): string =>
  (reading.module.language === 'javascript' ? source.javascript : source.typescript).trim();

/**
 * In the file's indentation, with the file's name for the runtime and its way with semicolons left
 * alone.
 */
function styled(context: EditContext, source: string): string {
  const step = context.style.indent;
  const indented = source.replaceAll(/^( {2})+/gm, (spaces) => step.repeat(spaces.length / 2));
  const name = context.printer.reach('').replace(/\.$/, '');
  return name === 'tf' ? indented : indented.replaceAll(/\btf\./g, `${name}.`);
}

function isTaken(context: EditContext, name: string): boolean {
  return (
    context.reading.scope.find(name) !== undefined ||
    new RegExp(`\\b(function|const|let|var|class)\\s+${name}\\b`).test(context.text)
  );
}

/** Above the comments that touch `at`; never above a comment that a blank line sets apart. */
function aboveDocumentation(context: EditContext, at: number): number {
  let start = lineStart(context.text, at);
  if (start === 0) start = context.text.startsWith('\uFEFF') ? 1 : 0;
  for (const comment of context.reading.module.comments.toReversed()) {
    const touches =
      comment.end <= start && /^[\t ]*\r?\n?[\t ]*$/.test(context.text.slice(comment.end, start));
    const ownLine =
      context.text
        .slice(lineStart(context.text, comment.start), comment.start)
        .replace('\uFEFF', '')
        .trim() === '';
    if (touches && ownLine) start = comment.start;
  }
  return start;
}
