import { dataConstantTarget, dataOneClass, dataTooManyClasses } from './errors.ts';
import { fitScaling } from './preprocess.ts';
import { columns } from './sideBySide.ts';
import { targetWidth, type OutputFacts, type OutputLayout } from './types.ts';

/** The targets of each output by itself, in the order of the outputs. */
export function byOutput(
  values: Float32Array,
  outputs: readonly OutputLayout[],
): readonly Float32Array[] {
  const all = targetWidth(outputs);
  let from = 0;
  return outputs.map(({ width }) => {
    const own = columns(values, { all, from, width });
    from += width;
    return own;
  });
}

/** What training targets are like, as they are trained on. */
export function factsOf(
  trained: Float32Array,
  outputs: readonly OutputLayout[],
): readonly OutputFacts[] {
  const asTrained = byOutput(trained, outputs);
  return outputs.map((output, index) => withFacts(output, asTrained[index] ?? trained));
}

/** Throws an `input` error where there is nothing to learn from training targets. */
export const requireLearnable = (values: Float32Array, outputs: readonly OutputLayout[]): void =>
  byOutput(values, outputs).forEach((own, index) => {
    const output = outputs[index];
    if (output) requireSomething(own, output);
  });

function withFacts(output: OutputLayout, values: Float32Array): OutputFacts {
  const isClasses = output.task === 'classification';
  return {
    ...output,
    classShares: isClasses ? shares(values, output.units) : [],
    targetVariance: output.task === 'regression' ? varianceOf(values, output.units) : 0,
  };
}

function requireSomething(values: Float32Array, { task, units, classes, width }: OutputLayout) {
  if (task === 'classification') requireClasses(values, { classes: classes ?? [], width });
  else requireVarying(values, units);
}

function requireClasses(
  labels: Float32Array,
  { classes, width }: { readonly classes: readonly string[]; readonly width: number },
): void {
  const seen = new Set(labels);
  if (seen.size < 2) throw dataOneClass(classes[labels[0] ?? 0] ?? '');
  if (width === 1 && labels.length > 20 && seen.size > labels.length / 2)
    throw dataTooManyClasses(seen.size, labels.length);
}

/** Several outputs may hold a constant one, but not all may be. */
function requireVarying(values: Float32Array, units: number): void {
  if (values.length > units && values.every((value, index) => value === values[index % units]))
    throw dataConstantTarget(values[0] ?? 0);
}

function shares(labels: Float32Array, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => count / labels.length);
}

function varianceOf(values: Float32Array, units: number): number {
  const { mean } = fitScaling(values, units);
  return (
    values.reduce((sum, value, index) => sum + (value - (mean[index % units] ?? 0)) ** 2, 0) /
    values.length
  );
}
