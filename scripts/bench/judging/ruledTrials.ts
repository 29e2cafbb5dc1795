import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStudy } from '../../../src/adapters/files/openStudy.ts';
import { benchTrainer } from './benchTrainer.ts';

/** A training, as a rule sees it and as it is: both by epoch, on rows that no training saw. */
export interface RuledTrial {
  /** On the validation rows, which the rule may look at. */
  readonly seen: readonly number[];
  /** On as many rows more, which it never sees. */
  readonly truth: readonly number[];
}

/** One variant, trained with many seeds; all variants of an example with the same. */
export interface RuledVariant {
  readonly name: string;
  readonly trials: readonly RuledTrial[];
}

/** The rows of the validation part, by turns for the rule and for the truth. */
const METRICS = `
type Rows = readonly (readonly number[])[];
const lossOf = (predictions: Rows, targets: Rows, turn: number): number => {
  const losses = predictions.flatMap((row, i) => {
    const target = targets[i] ?? [];
    if (i % 2 !== turn) return [];
    if (row.length === 1) return [((row[0] ?? 0) - (target[0] ?? 0)) ** 2];
    const kind = target.length === 1 ? (target[0] ?? 0) : target.indexOf(1);
    return [-Math.log(Math.max(row[kind] ?? 0, 1e-7))];
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
};
export const seen = (p: Rows, t: Rows): number => lossOf(p, t, 0);
export const truth = (p: Rows, t: Rows): number => lossOf(p, t, 1);
`;

type Change = readonly [name: string, change: (text: string) => string];

const rate = (value: number): Change => [
  `adam(${value})`,
  (text) => text.replace(/adam\([\d.]+\)/, `adam(${value})`),
];
const behindHidden = (name: string, layer: string): Change => [
  name,
  (text) =>
    text.replace(
      '  model.add(tf.layers.dense({ units: outputUnits',
      `  model.add(tf.layers.${layer});\n  model.add(tf.layers.dense({ units: outputUnits`,
    ),
];
const width = (units: number): Change => [
  `${units} units`,
  (text) => text.replace(/units: (?:16|32), activation/, `units: ${units}, activation`),
];
const convolution: Change = [
  'a convolution in front',
  (text) =>
    text.replace(
      '  model.add(tf.layers.flatten({ inputShape }));',
      '  model.add(tf.layers.conv2d({ inputShape, filters: 16, kernelSize: 3 }));\n' +
        '  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));\n  model.add(tf.layers.flatten());',
    ),
];
const fast: Change = ['', (text) => text.replace('adam(0.001)', 'adam(0.01)')];

const SHARED: readonly Change[] = [
  ['as it is', (text) => text],
  rate(0.001),
  rate(0.003),
  rate(0.01),
  rate(0.03),
  width(8),
  width(64),
  behindHidden('dropout 0.1', 'dropout({ rate: 0.1 })'),
  behindHidden('dropout 0.3', 'dropout({ rate: 0.3 })'),
  behindHidden('batch normalisation', 'batchNormalization()'),
];

/** The examples, what is changed in all their variants first, and their variants. */
export const EXAMPLES: Readonly<
  Record<string, { readonly first: Change; readonly variants: readonly Change[] }>
> = {
  digits: { first: fast, variants: [...SHARED, convolution] },
  diabetes: { first: ['', (text) => text], variants: SHARED },
};

/**
 * Trains the variants of an example in full, each with the same `seeds`, on the runtime that is the
 * same everywhere. Three fifths of the rows are trained on, as in a study.
 */
export async function trainRuled(example: string, seeds: number): Promise<readonly RuledVariant[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-rules-'));
  const trainer = benchTrainer();
  try {
    await cp(join(process.cwd(), 'examples', example), folder, { recursive: true });
    await writeFile(join(folder, 'metrics.ts'), METRICS);
    const study = await openStudy(join(folder, 'model.ts'));
    const text = await readFile(study.modelPath, 'utf8');
    const split = { ...study.config.split, validation: 0.4, test: 0 };
    const config = { ...study.config, split, metrics: ['seen', 'truth'] };
    const { first, variants } = EXAMPLES[example] ?? { first: fast, variants: [] };
    const trained: RuledVariant[] = [];
    for (const [name, change] of variants) {
      const { trials } = await trainer.train({
        study: { ...study, config },
        variant: { path: study.modelPath, text: change(first[1](text)) },
        seeds: Array.from({ length: seeds }, (_, index) => index + 1),
        evaluateOn: 'validation',
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      trained.push({ name, trials: trials.map(({ curves }) => ruled(curves)) });
      console.error(`  ${example}, ${name}: ${trials.length} seeds`);
    }
    return trained;
  } finally {
    await trainer.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const ruled = (
  curves: Readonly<Record<string, readonly (number | null)[] | undefined>>,
): RuledTrial => ({
  seen: (curves['val_seen'] ?? []).map((value) => value ?? NaN),
  truth: (curves['val_truth'] ?? []).map((value) => value ?? NaN),
});
