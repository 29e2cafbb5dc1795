/**
 * Names that TensorFlow.js makes up by counting all layers of a process: `dense_Dense7`,
 * `dense_Dense7_input`, `sequential_3`, `input4`.
 */
const MADE_UP = /^([a-z0-9_]+_[A-Z]\w*?|sequential_|model_?|container_?|input)(\d+)(_input)?$/;

/**
 * Counts made-up names from 1 within one model, in the order in which they stand in its JSON, so
 * that the same training gives the same file in any process. Names of the user's own stay.
 */
export function countedAnew(topology: string): {
  readonly topology: string;
  /** Of a layer, or of a weight: `dense_Dense7/kernel`. */
  readonly rename: (name: string) => string;
} {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const rename = (name: string): string => {
    const [, stem, number, suffix = ''] = MADE_UP.exec(name) ?? [];
    if (stem === undefined || number === undefined) return name;
    const known = names.get(stem + number);
    const count = (counts.get(stem) ?? 0) + (known === undefined ? 1 : 0);
    counts.set(stem, count);
    names.set(stem + number, known ?? `${stem}${count}`);
    return `${names.get(stem + number) ?? name}${suffix}`;
  };
  return {
    topology: topology.replace(/"([^"\\]+)"/g, (_, name: string) => `"${rename(name)}"`),
    rename: (name) => {
      const [layer = '', ...rest] = name.split('/');
      return [rename(layer), ...rest].join('/');
    },
  };
}
