import type { BuildData } from './modelChecks.ts';

/** What a builder is told: of several inputs and outputs the first by itself, and all. */
export const builderArguments = ({ inputs, outputs }: BuildData): object => ({
  inputShape: [...(inputs[0]?.shape ?? [])],
  outputUnits: outputs[0]?.units ?? 1,
  ...(inputs.length > 1 && { inputShapes: byName(inputs, ({ shape }) => [...shape]) }),
  ...(outputs.length > 1 && { outputs: byName(outputs, ({ units }) => units) }),
});

/** By name where all are named, else in order. */
const byName = <T extends { readonly name: string | null }, V>(
  all: readonly T[],
  of: (each: T) => V,
): readonly V[] | Readonly<Record<string, V>> =>
  all.every(({ name }) => name !== null)
    ? Object.fromEntries(all.map((each) => [each.name, of(each)]))
    : all.map(of);
