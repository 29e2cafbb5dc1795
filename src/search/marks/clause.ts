import { ok, refuse, type Result } from '../../util/result.ts';

/** What a mark says, before it is known what it stands beside. */
export interface Clause {
  /** What it is about, where its line holds several literals. */
  readonly about: string | null;
  readonly domain:
    | { readonly kind: 'range'; readonly low: string; readonly high: string }
    | { readonly kind: 'choices'; readonly choices: readonly string[] };
  readonly log: boolean;
  /** Stated rather than told by how its ends are written. */
  readonly type: 'integer' | 'real' | null;
  /** Tried early, as it is written. */
  readonly first: string | null;
  readonly when: { readonly name: string; readonly is: readonly string[] } | null;
}

const NUMBER = String.raw`[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const VALUE = String.raw`(?:"[^"]*"|'[^']*'|${NUMBER}|[A-Za-z_]\w*)`;
const VALUES = String.raw`${VALUE}(?:\s*\|\s*${VALUE})*`;
const DOMAIN = new RegExp(
  String.raw`^(?:(?<about>[A-Za-z_$][\w$]*)\s+)?` +
    String.raw`(?:(?<low>${NUMBER})\s*\.\.\s*(?<high>${NUMBER})|(?<choices>${VALUE}\s*\|\s*${VALUES}))` +
    String.raw`(?=\s|$)(?<rest>.*)$`,
);
const FIRST = new RegExp(String.raw`^\s*default\s+(?<value>${VALUE})(?=\s|$)`);
const WHEN = new RegExp(
  String.raw`^\s*when\s+(?<name>[A-Za-z_$][\w$]*)\s+is\s+(?<values>${VALUES})(?=\s|$)`,
);
const WORD = /^\s*(?<word>log|integer|real)(?=\s|$)/;

/** Reads `16..256 log`, `units 16..256`, `'relu' | 'elu' when DEEP is true`; or why not. */
export function readClause(text: string): Result<Clause, string> {
  const { about = null, low, high, choices, rest = '' } = DOMAIN.exec(text)?.groups ?? {};
  if (choices === undefined && (low === undefined || high === undefined))
    return refuse('names neither a range nor choices');
  const domain =
    choices === undefined
      ? ({ kind: 'range', low: low ?? '', high: high ?? '' } as const)
      : ({ kind: 'choices', choices: valuesIn(choices) } as const);
  return readRest(rest, { about, domain, log: false, type: null, first: null, when: null });
}

/** What stands behind the range, word by word. */
function readRest(rest: string, clause: Clause): Result<Clause, string> {
  if (rest.trim() === '') return ok(clause);
  const word = WORD.exec(rest);
  if (word) {
    const said = word.groups?.['word'];
    const told = said === 'log' ? { log: true } : { type: said as 'integer' | 'real' };
    return readRest(rest.slice(word[0].length), { ...clause, ...told });
  }
  const first = FIRST.exec(rest);
  if (first)
    return readRest(rest.slice(first[0].length), {
      ...clause,
      first: first.groups?.['value'] ?? null,
    });
  const when = WHEN.exec(rest);
  if (!when) return refuse(`says “${rest.trim()}”, which is no word of a mark`);
  const { name = '', values = '' } = when.groups ?? {};
  return readRest(rest.slice(when[0].length), { ...clause, when: { name, is: valuesIn(values) } });
}

const valuesIn = (text: string): readonly string[] =>
  [...text.matchAll(new RegExp(VALUE, 'g'))].map(([value]) => value);
