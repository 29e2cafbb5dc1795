import type { Offer } from './rankCandidates.ts';
import { TOPICS, type Topic } from './wishTopics.ts';

/**
 * The user's words as the offline engine reads them: a filter over offers, and what it understood.
 */
export interface Wish {
  /** The words as given; `null` when there are none. */
  readonly text: string | null;
  /**
   * One entry per topic, e.g. `prefers a smaller or faster model`; empty where nothing was
   * understood.
   */
  readonly understood: readonly string[];
  /** Nothing in the wish forbids this offer. */
  allows(offer: Offer): boolean;
  /** The offer is of the kind wished for; true for all where the wish names no kind. */
  wants(offer: Offer): boolean;
}

const NEGATION = /\b(no|not|without|never|avoid|don['’]?t|keep)\s+(?:\w+\s+){0,2}$/i;

/** Reads a wish; what it does not understand it leaves aside, and {@link describeWish} says so. */
export function readWish(text: string | null): Wish {
  const named = [...TOPICS, ...ideaNamed(text)].flatMap((topic) => {
    const match = topic.words.exec(text ?? '');
    return match ? [{ topic, negated: NEGATION.test(match.input.slice(0, match.index)) }] : [];
  });
  const wanted = named.filter(({ negated }) => !negated).map(({ topic }) => topic);
  const unwanted = named.filter(({ negated }) => negated).map(({ topic }) => topic);
  return {
    text: text?.trim() ? text.trim() : null,
    understood: [
      ...wanted.map(({ name }) => `prefers ${name}`),
      ...unwanted.map(({ name }) => `leaves out ${name}`),
    ],
    allows: (offer) => !unwanted.some(({ covers }) => covers(offer)),
    wants: (offer) => wanted.length === 0 || wanted.some(({ covers }) => covers(offer)),
  };
}

/** `idea gated-units`: an idea of the catalogue by its name. */
function ideaNamed(text: string | null): readonly Topic[] {
  const [words, name = ''] = /\bidea:?\s+([a-z0-9]+(?:-[a-z0-9]+)*)/i.exec(text ?? '') ?? [];
  if (words === undefined) return [];
  const isMeant = ({ operator }: Offer): boolean => operator.name === name.toLowerCase();
  return [{ words: new RegExp(words, 'i'), name: `the idea ${name}`, covers: isMeant }];
}

/** What the offline engine will make of a wish, said while it is written; `null`: no wish yet. */
export function foretellWish(
  text: string,
): { readonly text: string; readonly isUsed: boolean } | null {
  if (text.trim() === '') return null;
  const { understood } = readWish(text);
  if (understood.length > 0)
    return { text: `The offline engine takes it so: it ${understood.join(', ')}.`, isUsed: true };
  const known = TOPICS.map(({ name }) => name).join(', ');
  return {
    text: `The offline engine can make nothing of this; a language model may. It knows: ${known}.`,
    isUsed: false,
  };
}

/** A sentence for the proposal's reasoning: how the wish was taken; empty without a wish. */
export function describeWish(wish: Wish, offer: Offer): string {
  if (wish.text === null) return '';
  if (wish.understood.length === 0)
    return (
      `The offline proposer could not make use of the wish “${wish.text}”; this follows the ` +
      'log alone.'
    );
  const taken = `The wish “${wish.text}” was taken as: ${wish.understood.join(', ')}.`;
  return wish.wants(offer)
    ? taken
    : `${taken} Nothing of that kind is left to try, so this follows the log alone.`;
}
