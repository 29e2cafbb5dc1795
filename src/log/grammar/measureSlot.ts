import {
  bareOf,
  endsInSetting,
  isCosting,
  isKnownLast,
  isNoName,
  isPlainName,
  slotOf,
} from './lineWords.ts';
import type { Place } from './lineWords.ts';
import { isKnown, nameOf } from './names.ts';
import type { Slot } from './slots.ts';
import { isCostUnit } from './words.ts';

/** What is known of the line where a name stands before a number. */
interface Around {
  /** A sign stands between the name and the number. */
  readonly sealed: boolean;
  /** In a dictionary of a report names tell nothing of costs. */
  readonly isDict: boolean;
}

/** What the words before a number make of it. */
export interface Measure {
  readonly slot: Slot;
  /** The words are no name. */
  readonly isOther: boolean;
  /** One word without a sign, which may name the number. */
  readonly isUnsure: boolean;
  readonly isSetting: boolean;
}

/** `Batch 0.474`: what a whole batch took. */
const isOfCounter = (name: string): boolean =>
  /^(?:val_|test_)?(?:batch|step|iter(?:ation)?)$/i.test(name);

/** The slot of a number that words name, a value of a series where they are sure to. */
export function measureOf(
  words: readonly string[],
  place: Place,
  { sealed, isDict }: Around,
): Measure {
  const { name, scope, isBare } = nameOf(words);
  const isOther = isNoName(words) || isOfCounter(name) || (place.total !== null && !isKnown(name));
  const isSure = sealed || isBare || isKnownLast(words);
  const { token } = place;
  const costs = isDict ? isCostUnit(token.unit) : isCosting(name, token, words);
  const isValue = !isOther && !costs;
  const shown = isBare ? bareOf(words) : name;
  return {
    slot: {
      ...slotOf(place),
      role: shown !== '' && isValue && isSure ? 'measure' : 'other',
      name: shown,
      scope,
      isScoped: scope !== '',
      isBare,
      isSure,
    },
    isOther,
    isUnsure: isValue && !isSure && isPlainName(words, place),
    isSetting: sealed && endsInSetting(words),
  };
}
