/** A fresh seed for a search: pressing the button again may try something else. */
export const searchSeed = (): number => Math.floor(Math.random() * 2 ** 31);
