import { refuse, ok, type Result } from '../../util/result.ts';
import type { CortexError } from '../../util/errors.ts';
import { readClause, type Clause } from './clause.ts';
import { conditioned, type Stated } from './conditions.ts';
import { dimensionOf, spelled } from './dimensionOf.ts';
import { literalsIn, partsOf, type Literal } from './literals.ts';
import type { Mark } from './mark.ts';
import { markError } from './markError.ts';

/**
 * The marks of a model file, such as `// cortex: 16..256 log` beside a constant (or alone, above
 * it), in their order in the text; refuses the first that cannot be used, with its line.
 */
export function readMarks(text: string): Result<readonly Mark[], CortexError> {
  const stated: Stated[] = [];
  for (const place of commentsIn(text))
    for (const says of place.says.split(';')) {
      const read = statedBy(says.trim(), place);
      if (!read.ok) return read;
      stated.push(read.value);
    }
  return conditioned(stated);
}

/** A comment that marks something, and the line of code that it is about. */
interface Comment {
  readonly says: string;
  /** Of the code, 1-based. */
  readonly line: number;
  readonly code: string;
  /** UTF-16 offset of the code in the text. */
  readonly start: number;
}

function commentsIn(text: string): readonly Comment[] {
  let start = 0;
  const lines = text.split('\n').map((line, index) => {
    const found = { ...partsOf(line), line: index + 1, start };
    start += line.length + 1;
    return found;
  });
  return lines.flatMap(({ says, ...own }, index) => {
    if (says === null) return [];
    const isAlone = own.code.trim() === '';
    const next = lines.slice(index + 1).find(({ code }) => code.trim() !== '');
    const { code, line, start: at } = (isAlone ? next : undefined) ?? own;
    return [{ says, code, line, start: at }];
  });
}

function statedBy(says: string, place: Comment): Result<Stated, CortexError> {
  const clause = readClause(says);
  if (!clause.ok) return refuse(markError(place.line, `the mark “${says}” ${clause.error}.`));
  const literal = literalOf(clause.value, place.code);
  if (!literal.ok) return refuse(markError(place.line, literal.error));
  const { key, text, start } = literal.value;
  const name = clause.value.about ?? (key === '' ? `line ${place.line}` : key);
  const marked = dimensionOf(clause.value, text, name);
  if (!marked.ok) return refuse(markError(place.line, marked.error));
  const at = place.start + start;
  const range = { line: place.line, start: at, end: at + text.length };
  return ok({ mark: { ...marked.value, ...range }, when: clause.value.when });
}

/** The literal of a line that a clause is about; or why it is not one alone. */
function literalOf({ about, domain }: Clause, code: string): Result<Literal, string> {
  const all = literalsIn(code).filter(({ isNumber }) => isNumber || domain.kind === 'choices');
  const isOf = about === null || all.length === 1;
  const named = isOf ? all : all.filter(({ key }) => key === about);
  const taken = named.filter(
    ({ text }) =>
      domain.kind === 'choices' && domain.choices.some((one) => spelled(one, text) === text),
  );
  const [literal, ...others] = taken.length === 1 ? taken : named;
  if (!literal)
    return refuse(
      about === null
        ? 'nothing stands there that could be searched.'
        : `no ${about} is given a value there.`,
    );
  return others.length === 0
    ? ok(literal)
    : refuse(
        `${named.map(({ text }) => text).join(', ')} stand there; say which by its name, such as ` +
          `\`cortex: ${literal.key || 'units'} …\`.`,
      );
}
