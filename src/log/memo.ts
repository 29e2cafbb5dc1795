/** Of more texts than this, none is remembered. */
const MOST = 20_000;

/** A function of a text that remembers its answers: the words of a log come again and again. */
export function memo<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (known.size >= MOST) known.clear();
    known.set(text, made);
    return made;
  };
}
