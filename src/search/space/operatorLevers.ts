import type { ArchitectureEdit } from '../../model/edits.ts';
import { number, call } from '../../model/values.ts';
import type { Candidate, Operator } from '../../propose/operators/operator.ts';
import type { OperatorContext } from '../../propose/operators/operatorContext.ts';
import { sizedLayers, widthOf } from '../../propose/operators/network.ts';
import { OPERATORS } from '../../propose/operators/operators.ts';
import { operatorsFor } from '../../propose/operators/ownOperator.ts';
import type { Configuration, Dimension } from './dimension.ts';
import type { Lever } from './lever.ts';

/** What an operator's dimension says where it is not used. */
export const UNUSED = 'as it is';
export const DEPTH = 'further layers';

/** Their numbers, or the optimiser that they write, are dimensions of their own. */
const NUMBERS: readonly string[] = [
  'widen',
  'narrow',
  'deepen',
  'raise-learning-rate',
  'lower-learning-rate',
  'swap-optimizer',
  'strengthen-dropout',
  'weaken-dropout',
  'cosine-schedule',
  'one-cycle',
  'gradient-clipping',
  'weight-averaging',
  'adamw',
  'lion',
  'radam',
];

/** How many uses of one operator are told apart. */
const MOST_CHOICES = 6;
/** How many operators a configuration by chance uses. */
const USED = 2;

/**
 * Typed operators, alone and combined: one dimension each, whose values are the uses that it has in
 * the builder as it stands. They are written one after the other, each into what the one before
 * left; a use that is gone by then is the operator's first.
 */
export function operatorLevers(context: OperatorContext): readonly Lever[] {
  const offered = operatorsFor(context)
    .filter(({ name }) => !NUMBERS.includes(name))
    .map((operator) => ({ operator, uses: usesOf(operator, context) }))
    .filter(({ uses }) => uses.length > 0);
  const rest = Math.max(0.5, 1 - USED / Math.max(1, offered.length));
  return offered.map(({ operator, uses }) => {
    const own: Dimension = {
      kind: 'categorical',
      name: operator.name,
      choices: [UNUSED, ...uses],
      initial: UNUSED,
      rest,
    };
    return withAmount(
      { dimensions: [own], edits: (values, now) => useOf(operator, values, now)?.edits ?? [] },
      operator,
      { uses, context },
    );
  });
}

/** More layers like the last hidden one, and how wide they are. */
export function depthLevers(
  context: OperatorContext,
  operators: readonly Operator[] = OPERATORS,
): readonly Lever[] {
  const deepen = operators.find(({ name }) => name === 'deepen');
  if (!deepen || deepen.candidates(context).length === 0) return [];
  const layers = sizedLayers(context.network);
  const last = layers.at(-1);
  const width = (last && widthOf(last)?.value) ?? 32;
  const counts = Array.from({ length: MOST_LAYERS }, (_, index) => index + 1);
  const wide = `width of ${DEPTH}`;
  return counts.map((count) => ({
    dimensions:
      count > 1
        ? []
        : [
            { kind: 'categorical', name: DEPTH, choices: [0, ...counts], initial: 0, rest: 0.6 },
            {
              kind: 'integer',
              name: wide,
              low: 4,
              high: Math.max(256, 4 * width),
              log: true,
              initial: width,
              when: { name: DEPTH, is: counts },
            },
          ],
    edits: (values, now) =>
      Number(values[DEPTH] ?? 0) < count
        ? []
        : widened(deepen.candidates(now)[0]?.edits ?? [], Number(values[wide] ?? width)),
  }));
}

const MOST_LAYERS = 3;

/** The same layers at another width. */
const widened = (edits: readonly ArchitectureEdit[], width: number): readonly ArchitectureEdit[] =>
  edits.map((edit) =>
    edit.kind !== 'insertLayers'
      ? edit
      : {
          ...edit,
          layers: edit.layers.map((layer) => ({
            ...layer,
            arguments: layer.arguments.map((argument) =>
              argument.name === 'units' || argument.name === 'filters'
                ? { ...argument, value: number(width) }
                : argument,
            ),
          })),
        },
  );

const usesOf = (operator: Operator, context: OperatorContext): readonly string[] =>
  [...new Set(operator.candidates(context).map(keyOf))].slice(0, MOST_CHOICES);

const keyOf = ({ variantKey }: Candidate): string => variantKey;

function useOf(
  operator: Operator,
  values: Configuration,
  context: OperatorContext,
): Candidate | undefined {
  const use = values[operator.name] ?? UNUSED;
  if (use === UNUSED) return undefined;
  const candidates = operator.candidates(context);
  return candidates.find((candidate) => keyOf(candidate) === use) ?? candidates[0];
}

/** Operators that bring a number along, which is searched with them. */
const AMOUNTS: Readonly<
  Record<string, { argument: 'rate' | 'l1' | 'l2'; low: number; high: number }>
> = {
  'add-dropout': { argument: 'rate', low: 0.05, high: 0.6 },
  'add-l2': { argument: 'l2', low: 1e-6, high: 1e-2 },
  'add-l1': { argument: 'l1', low: 1e-6, high: 1e-2 },
};

function withAmount(
  lever: Lever,
  { name }: Operator,
  { uses }: { readonly uses: readonly string[]; readonly context: OperatorContext },
): Lever {
  const amount = AMOUNTS[name];
  if (!amount) return lever;
  const { argument, low, high } = amount;
  const log = argument !== 'rate';
  const dimension: Dimension = {
    kind: 'real',
    name: `${name} by`,
    low,
    high,
    log,
    initial: log ? 1e-4 : 0.3,
    when: { name, is: uses },
  };
  return {
    dimensions: [...lever.dimensions, dimension],
    edits: (values, now) =>
      lever
        .edits(values, now)
        .map((edit) =>
          withNumber(edit, argument, Number(values[dimension.name] ?? dimension.initial)),
        ),
  };
}

function withNumber(
  edit: ArchitectureEdit,
  argument: 'rate' | 'l1' | 'l2',
  value: number,
): ArchitectureEdit {
  if (edit.kind === 'setArgument' && edit.name === 'kernelRegularizer' && argument !== 'rate')
    return { ...edit, value: call(`regularizers.${argument}`, { [argument]: number(value) }) };
  if (edit.kind !== 'insertLayers') return edit;
  const layers = edit.layers.map((layer) => ({
    ...layer,
    arguments: layer.arguments.map((each) =>
      each.name === argument ? { ...each, value: number(value) } : each,
    ),
  }));
  return { ...edit, layers };
}
