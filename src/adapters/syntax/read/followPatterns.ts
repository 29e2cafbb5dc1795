import type { MemberPattern, Pattern } from '../code/code.ts';
import type { CodeFollower } from './codeFollower.ts';
import { itemsOf } from './compute.ts';
import { Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

/** Gives the names of a pattern what they stand for in a value. */
export function bindPattern(
  follower: CodeFollower,
  pattern: Pattern,
  meaning: Meaning,
  bind: (name: string, to: Meaning) => void,
): void {
  switch (pattern.kind) {
    case 'name':
      return bind(pattern.name, meaning);
    case 'unclear':
      for (const name of pattern.names) bind(name, UNKNOWN);
      return;
    case 'items':
      for (const [index, name] of pattern.items.entries())
        bind(name ?? '', itemsOf(meaning)?.[index] ?? UNKNOWN);
      return;
    case 'members':
      for (const member of pattern.members)
        bind(member.name, memberOrDefault(follower, meaning, member));
  }
}

/** A default stands in for what the object is known not to have. */
function memberOrDefault(
  follower: CodeFollower,
  object: Meaning,
  { key, byDefault }: MemberPattern,
): Meaning {
  const meaning = memberOf(follower, object, key);
  if (!byDefault || meaning.kind !== 'unknown') return meaning;
  const isKnown = object.kind === 'record' || object.kind === 'value';
  return isKnown ? follower.evaluate(byDefault, new Scope(null)) : meaning;
}

function memberOf(follower: CodeFollower, meaning: Meaning, key: string): Meaning {
  if (meaning.kind === 'runtime')
    return { kind: 'runtime', path: meaning.path === '' ? key : `${meaning.path}.${key}` };
  if (meaning.kind !== 'record') return follower.memberOf(meaning, key);
  const entry = meaning.expression.entries.findLast((it) => it.key === key);
  return entry ? follower.evaluate(entry.value, meaning.scope) : UNKNOWN;
}
