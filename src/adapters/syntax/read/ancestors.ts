import type { PlacedLayer } from './drafts.ts';

/** The layers that `outputs` depend on, in order. */
export function ancestors(layers: readonly PlacedLayer[], outputs: readonly number[]): number[] {
  const reached = new Set<number>();
  const visit = (index: number): void => {
    if (reached.has(index)) return;
    reached.add(index);
    for (const input of layers[index]?.inputs ?? []) visit(input);
  };
  for (const output of outputs) visit(output);
  return [...reached].sort((a, b) => a - b);
}
