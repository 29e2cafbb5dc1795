/** Randomness: uniform in [0, 1). Seeded, so that a search can be repeated. */
export interface Random {
  next(): number;
}
