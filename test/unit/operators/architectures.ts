import type { Architecture, CompileCall, Layer } from '../../../src/model/architecture.ts';
import { list, number, string, type Value } from '../../../src/model/values.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import type { SearchState } from '../../../src/ports/searcher.ts';
import {
  openContext,
  type OperatorContext,
} from '../../../src/propose/operators/operatorContext.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import type { Diagnosis, Finding, FindingKind } from '../../../src/log/diagnosis.ts';

type Literal = number | string | readonly number[] | Value;

/** A layer for {@link sequential}: type and arguments; texts that start with `=` are source. */
export type Written = readonly [
  type: string,
  args?: Readonly<Record<string, Literal>>,
  inputs?: readonly number[],
];

const RANGE = { start: 0, end: 0, startLine: 1, endLine: 1 };

/** A sequential architecture as the reader would give it. */
export const sequential = (
  layers: readonly Written[],
  compile: CompileCall | null = compiled('adam', 'meanSquaredError'),
): Architecture => ({
  ...functional(
    layers.map(([type, args = {}], index): Written => [type, args, index === 0 ? [] : [index - 1]]),
    compile,
  ),
  style: 'sequential',
});

/** A functional architecture; inputs default to the layer before. */
export const functional = (
  layers: readonly Written[],
  compile: CompileCall | null = compiled('adam', 'meanSquaredError'),
): Architecture => ({
  language: 'typescript',
  builder: { name: 'buildModel', range: RANGE, body: RANGE, kind: 'function' },
  style: 'functional',
  layers: layers.map(layer),
  compile,
  helpers: [],
});

/** A compile call with a named loss. */
export const compiled = (
  type: string,
  loss: string,
  learningRate: number | null = null,
): CompileCall => ({
  range: RANGE,
  optimizer: { type, learningRate, range: RANGE },
  loss: string(loss),
  arguments: [],
});

function layer([type, args = {}, inputs]: Written, index: number): Layer {
  const written = Object.entries(args).map(([name, literal]) => ({
    name,
    value: valueOf(literal),
    range: RANGE,
    constant: null,
  }));
  return {
    index,
    type,
    arguments: written,
    range: RANGE,
    inputs: inputs ?? (index === 0 ? [] : [index - 1]),
    conditional: false,
  };
}

function valueOf(literal: Literal): Value {
  if (typeof literal === 'number') return number(literal);
  if (typeof literal === 'string')
    return literal.startsWith('=') ? { kind: 'source', text: literal.slice(1) } : string(literal);
  return 'kind' in literal ? literal : list(...literal.map(number));
}

/** Data of 10 flat features and one number to predict. */
export const regressionData: DataProfile = {
  task: 'regression',
  inputShape: [10],
  outputUnits: 1,
  rows: { train: 100, validation: 20, test: 20 },
  classShares: [],
  hash: 'data',
};

/** Images of 8×8 in ten classes. */
export const imageData: DataProfile = {
  task: 'classification',
  inputShape: [8, 8, 1],
  outputUnits: 10,
  rows: { train: 100, validation: 20, test: 20 },
  classShares: Array.from({ length: 10 }, () => 0.1),
  hash: 'data',
};

/** A run that says nothing alarming, with the given findings on top. */
export const diagnosisOf = (
  findings: Readonly<Partial<Record<FindingKind, Finding['severity']>>> = {},
  change: Partial<Diagnosis> = {},
): Diagnosis => ({
  source: 'train_log.txt',
  epochs: 4,
  run: { index: 1, count: 1 },
  series: {
    loss: [1, 0.6, 0.4, 0.3],
    val_loss: [1.1, 0.7, 0.5, 0.52],
    val_accuracy: [0.5, 0.7, 0.8, 0.79],
  },
  improvementRate: 0.7,
  trend: 'improving',
  gap: 0.73,
  overfitting: 'unlikely',
  findings: Object.entries(findings).map(([kind, severity]) => ({
    kind: kind as FindingKind,
    severity,
    lines: [3, 4],
    text: `${kind} seen at epoch 3 (0.5 → 0.52)`,
    onsetEpoch: 3,
  })),
  ...change,
});

/** Where a search stands, and how many proposals it is asked for. */
export type Asked = SearchState & { readonly count: number };

/** A request as the loop makes it. */
export function requestFor(
  architecture: Architecture,
  change: Partial<Asked> & { readonly config?: Readonly<Record<string, unknown>> } = {},
): Asked {
  const { config = {}, ...rest } = change;
  return {
    study: {
      name: 'digits',
      modelPath: '/s/model.ts',
      folder: '/s',
      logPath: null,
      config: studyConfigSchema.parse({
        objective: { metric: 'val_mae', direction: 'minimize' },
        ...config,
      }),
    },
    model: {
      path: '/s/model.ts',
      language: 'typescript',
      text: "import * as tf from '@tensorflow/tfjs';\n",
    },
    architecture,
    diagnosis: diagnosisOf(),
    data: regressionData,
    history: [],
    parent: null,
    count: 3,
    wish: null,
    random: seeded(1),
    signal: new AbortController().signal,
    ...rest,
  };
}

/** What operators look at, for {@link requestFor}'s request. */
export const contextFor = (...request: Parameters<typeof requestFor>): OperatorContext =>
  openContext(requestFor(...request));

/** Repeatable numbers in [0, 1): mulberry32. */
export function seeded(seed: number): { next(): number } {
  let state = seed;
  return {
    next() {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
  };
}

/** A recorded attempt. */
export const attempt = (change: Partial<AttemptSummary>): AttemptSummary => ({
  id: 'a1',
  number: 1,
  study: 'digits',
  kind: 'change',
  verdict: 'worse',
  failure: null,
  title: 'T',
  operator: 'widen',
  family: 'width',
  proposer: 'offline',
  metric: null,
  effect: { observed: null, predicted: null },
  mismatches: 0,
  parameters: null,
  fingerprint: null,
  parents: [],
  sourceHash: 's',
  dataHash: null,
  configHash: 'c',
  commit: 'k',
  finishedAt: 0,
  ...change,
});
