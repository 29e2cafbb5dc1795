import { diffArrays } from 'diff';

/** A layer as one of the attempts has it. */
export interface ComparedLayer {
  /** `dense(units: 64, activation: 'relu')`. */
  readonly text: string;
  readonly shape: string;
  readonly parameters: string;
  readonly flops: string;
}

/** The same place in all architectures; `null` where one has no such layer. */
export interface LayerRow {
  readonly cells: readonly (ComparedLayer | null)[];
  readonly isSame: boolean;
}

/** Puts layers of one kind beside each other, in the order of all; the first architecture leads. */
export function alignLayers(
  architectures: readonly (readonly ComparedLayer[])[],
): readonly LayerRow[] {
  const [first = [], ...others] = architectures;
  const rows = others.reduce<readonly (readonly (ComparedLayer | null)[])[]>(
    (known, layers, index) => beside(known, layers, index + 1),
    first.map((layer) => [layer]),
  );
  return rows.map((cells) => ({
    cells,
    isSame: cells.every((cell) => cell?.text === cells[0]?.text),
  }));
}

function beside(
  rows: readonly (readonly (ComparedLayer | null)[])[],
  layers: readonly ComparedLayer[],
  width: number,
): readonly (readonly (ComparedLayer | null)[])[] {
  let [row, layer] = [0, 0];
  return diffArrays(rows.map(kindOfRow), layers.map(kindOf)).flatMap(
    ({ added, removed, count = 0 }) =>
      Array.from({ length: count }, () => {
        const left = added ? Array.from({ length: width }, () => null) : (rows[row++] ?? []);
        return [...left, removed ? null : (layers[layer++] ?? null)];
      }),
  );
}

const kindOf = ({ text }: ComparedLayer): string => /^\w+/.exec(text)?.[0] ?? '';

function kindOfRow(cells: readonly (ComparedLayer | null)[]): string {
  const some = cells.find((cell) => cell !== null);
  return some ? kindOf(some) : '';
}
