/** Why a script told nothing, in a sentence for its user. */
export class NotLearned extends Error {
  override readonly name = 'NotLearned';
}
