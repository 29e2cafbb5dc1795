import type { Tunable } from '../../record/proposalRecord.ts';
import type { Clause } from './clause.ts';
import { dimensionOf, spelled } from './dimensionOf.ts';
import { literalsIn, partsOf, type Literal } from './literals.ts';
import type { Mark } from './mark.ts';

/** What the author of a proposal would tune, as marks of its text. */
export interface Placed {
  readonly marks: readonly Mark[];
  /** Names of what has no one place in the text, or does not fit what stands there. */
  readonly left: readonly string[];
}

/**
 * Finds each number and choice where the text has its first value under a name of its own: `dropout
 * rate` beside `rate: 0.3` or in `Dropout(0.3)`. What a mark of the file is about is left to it.
 */
export function placeTunables(
  text: string,
  tunables: readonly Tunable[],
  taken: readonly Mark[],
): Placed {
  const literals = literalsOf(text).filter(({ at }) => !taken.some(({ start }) => start === at));
  const found = tunables.map((tunable) => ({ tunable, mark: markOf(tunable, literals) }));
  return {
    marks: found.flatMap(({ mark }) => mark ?? []),
    left: found.flatMap(({ tunable, mark }) => (mark ? [] : [tunable.name])),
  };
}

type Placeable = Literal & { readonly at: number; readonly line: number };

function literalsOf(text: string): readonly Placeable[] {
  let start = 0;
  return text.split('\n').flatMap((line, index) => {
    const begin = start;
    start += line.length + 1;
    return literalsIn(partsOf(line).code).map((literal) => ({
      ...literal,
      at: begin + literal.start,
      line: index + 1,
    }));
  });
}

function markOf(tunable: Tunable, literals: readonly Placeable[]): Mark | null {
  const clause = clauseOf(tunable);
  const [literal, ...others] = literals.filter((each) => isMeant(tunable, each));
  if (!clause || !literal || others.length > 0) return null;
  const marked = dimensionOf(clause, literal.text, tunable.name);
  const { line, at, text } = literal;
  return marked.ok ? { ...marked.value, line, start: at, end: at + text.length } : null;
}

const isMeant = ({ name, initial }: Tunable, { text, key, isNumber }: Literal): boolean =>
  (isNumber ? Number(text) === initial : spelled(String(initial), text) === text) &&
  wordsOf(key).length > 0 &&
  wordsOf(key).every((word) => wordsOf(name).includes(word));

/** `learningRate`, `learning_rate` and `learning rate` are the same. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/^lr$/, 'learning rate')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

function clauseOf({ kind, low, high, choices, log }: Tunable): Clause | null {
  const none = { about: null, first: null, when: null } as const;
  if (kind === 'categorical')
    return choices.length === 0
      ? null
      : {
          ...none,
          domain: { kind: 'choices', choices: choices.map(String) },
          log: false,
          type: null,
        };
  return low === null || high === null
    ? null
    : { ...none, domain: { kind: 'range', low: String(low), high: String(high) }, log, type: kind };
}
