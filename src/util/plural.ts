/** A count with its noun: `1 seed`, `2 seeds`, `3 classes`. */
export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : noun.endsWith('ss') ? 'es' : 's'}`;
