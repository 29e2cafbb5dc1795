import { verdictKinds } from '../../record/verdictKinds.ts';
import type { AttemptFilter } from './arrangement.ts';

/** Reads such a line; what says nothing that Cortex knows is text to look for. */
export function parseFilter(line: string): AttemptFilter {
  const words = line
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const valuesOf = (key: string): readonly string[] =>
    words.flatMap((word) =>
      word.startsWith(`${key}:`)
        ? word
            .slice(key.length + 1)
            .split(',')
            .filter((value) => value !== '')
        : [],
    );
  return {
    verdicts: verdictKinds.filter((kind) => valuesOf('verdict').includes(kind)),
    operators: valuesOf('operator'),
    proposers: valuesOf('proposer'),
    starred: words.includes('starred'),
    text: words.filter((word) => !isKey(word)).join(' '),
  };
}

/**
 * What a filter asks for as a verdict that is none, in its own words: it would find nothing, and
 * not say why.
 */
export const unknownVerdicts = (line: string): readonly string[] =>
  line
    .split(/\s+/)
    .flatMap((word) => (word.startsWith('verdict:') ? word.slice(8).split(',') : []))
    .filter((value) => value !== '' && !verdictKinds.some((kind) => kind === value));

function isKey(word: string): boolean {
  if (word.startsWith('verdict:'))
    return word
      .slice(8)
      .split(',')
      .some((value) => verdictKinds.some((kind) => kind === value));
  return word === 'starred' || /^(operator|proposer):./.test(word);
}
