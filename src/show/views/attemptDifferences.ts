import type { BuilderLens } from '../../loop/readLens.ts';
import { optimizerText } from '../../model/canonicalCompile.ts';
import { valueText } from '../../model/canonicalValues.ts';
import { flopsText, parametersText } from '../../model/lens/words.ts';
import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';

/**
 * One of the attempts that are compared, with all the seeds it is known with; `lens` is `null`
 * where its builder cannot be read.
 */
export interface ComparedAttempt {
  readonly summary: AttemptSummary;
  readonly attempt: Attempt;
  /** With its own seeds alone: what it is drawn and told by everywhere. */
  readonly own: Attempt;
  readonly lens: BuilderLens | null;
}

/** What differs beside the layers: optimiser, loss, configuration. */
export interface DifferenceRow {
  readonly name: string;
  readonly values: readonly string[];
}

/** Settings in which the attempts differ. */
export function differencesOf(compared: readonly ComparedAttempt[]): readonly DifferenceRow[] {
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
      name === 'optimizer' && lens?.architecture.compile
        ? optimizerText(lens.architecture.compile, value, lens.architecture)
        : valueText(value),
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
