import { diffArrays } from 'diff';
import type { Attempt } from '../../record/attempt.ts';
import { comparisonAt, estimatePaired, pairedValues } from '../../judge/pairedComparison.ts';
import { noiseFloor } from '../../study/noiseFloor.ts';
import { canonicalText, valueText } from '../../model/canonicalValues.ts';
import { flopsText, parametersText, shapeText } from '../../model/lens/words.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { BuilderLens } from '../../loop/readLens.ts';
import { curveRun, runLabel, type CurvesDocument } from './curvesDocument.ts';
import { objectiveOf } from '../../record/objectives.ts';

/**
 * One of the attempts that are compared, with all the seeds it is known with; `lens` is `null`
 * where its builder cannot be read.
 */
export interface ComparedAttempt {
  readonly summary: AttemptSummary;
  readonly attempt: Attempt;
  readonly lens: BuilderLens | null;
}

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

/** What differs beside the layers: optimiser, loss, configuration. */
export interface DifferenceRow {
  readonly name: string;
  readonly values: readonly string[];
}

/** Another attempt against the first, seed by seed. */
export interface PairedRow {
  readonly id: string;
  readonly label: string;
  readonly seeds: readonly {
    readonly seed: number;
    readonly first: number;
    readonly other: number;
    readonly difference: number;
  }[];
  readonly mean: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly confidence: number;
}

/** Attempts side by side; the first is what the others are measured against. */
export interface CompareDocument {
  readonly study: string;
  readonly attempts: readonly {
    readonly id: string;
    readonly label: string;
    readonly verdict: string;
  }[];
  readonly layers: readonly LayerRow[];
  readonly differences: readonly DifferenceRow[];
  readonly paired: readonly PairedRow[];
  readonly curves: CurvesDocument;
}

const CONFIDENCE = 0.95;

/** Compares two or more attempts of one study. */
export function compareDocument(
  compared: readonly ComparedAttempt[],
  history: readonly AttemptSummary[],
): CompareDocument {
  const [first] = compared;
  return {
    study: first?.attempt.study ?? '',
    attempts: compared.map(({ summary }) => ({
      id: summary.id,
      label: runLabel(summary),
      verdict: summary.verdict,
    })),
    layers: alignLayers(compared.map(({ lens }) => layersOf(lens))),
    differences: differencesOf(compared),
    paired: first ? compared.slice(1).map((other) => pairedRow(first, other, history)) : [],
    curves: {
      study: first?.attempt.study ?? '',
      objective: (first && objectiveOf(first.attempt.config)) ?? {
        metric: 'val_loss',
        direction: 'minimize',
      },
      runs: compared.map(({ summary, attempt }) =>
        curveRun({ summary, roles: ['shown'] }, attempt),
      ),
    },
  };
}

function layersOf(lens: BuilderLens | null): readonly ComparedLayer[] {
  if (!lens) return [];
  const written = lens.architecture.layers;
  return lens.lens.layers.map(({ layer, outputShape, parameters, flops }, index) => ({
    text: canonicalText(layer.type, written[index]?.arguments ?? layer.arguments),
    shape: shapeText(outputShape),
    parameters: parameters === null ? '?' : parametersText(parameters),
    flops: flops === null ? '?' : flopsText(flops),
  }));
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

function differencesOf(compared: readonly ComparedAttempt[]): readonly DifferenceRow[] {
  const settings = compared.map(({ attempt, lens }): Readonly<Record<string, string>> => ({
    ...compileOf(lens),
    ...flat('', attempt.config),
    parameters: attempt.parameters === null ? '–' : parametersText(attempt.parameters),
    FLOPs: flopsOf(lens),
    runtime: attempt.environment?.runtime ?? '–',
    data: attempt.dataHash?.slice(0, 12) ?? '–',
  }));
  const names = [...new Set(settings.flatMap((setting) => Object.keys(setting)))];
  return names
    .map((name) => ({ name, values: settings.map((setting) => setting[name] ?? '–') }))
    .filter(({ values }) => new Set(values).size > 1);
}

const flopsOf = (lens: BuilderLens | null): string =>
  lens === null || lens.lens.flops === null ? '–' : flopsText(lens.lens.flops);

const compileOf = (lens: BuilderLens | null): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (lens?.architecture.compile?.arguments ?? []).map(({ name, value }) => [
      name,
      valueText(value),
    ]),
  );

/** Keys of keys as `split.validation`. */
function flat(prefix: string, value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { [prefix]: JSON.stringify(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]: [string, unknown]) =>
      flat(prefix === '' ? key : `${prefix}.${key}`, inner),
    ),
  ) as Record<string, string>;
}

function pairedRow(
  first: ComparedAttempt,
  other: ComparedAttempt,
  history: readonly AttemptSummary[],
): PairedRow {
  const [one, two] = [first.attempt.trials, other.attempt.trials];
  const { metric } = objectiveOf(first.attempt.config);
  const seeds = pairedValues(two, one, metric).map((pair) => ({
    seed: pair.seed,
    first: pair.other,
    other: pair.own,
    difference: pair.own - pair.other,
  }));
  const { meanDifference, interval } = comparisonAt(
    estimatePaired(two, one, { metric, noise: noiseFloor(history, first.summary) }),
    first.summary.id,
    CONFIDENCE,
  );
  return {
    id: other.summary.id,
    label: runLabel(other.summary),
    seeds,
    mean: seeds.length === 0 ? null : meanDifference,
    interval,
    confidence: CONFIDENCE,
  };
}
