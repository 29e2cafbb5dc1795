import { constant } from './values.ts';
import type { Py } from './py.ts';

/** What a loop over a value goes through; `null` where that is not known. */
export function iterated(value: Py): Py[] | null {
  switch (value.kind) {
    case 'list':
      return [...value.items];
    case 'dictionary':
      return [...value.entries.keys()].map((key) => constant(key));
    case 'constant':
      return typeof value.value === 'string'
        ? [...value.value].map((letter) => constant(letter))
        : null;
    case 'model':
      return value.model.kind === 'sequential' ? value.model.items.map((item) => item.value) : null;
    default:
      return null;
  }
}
