import type { OptimizerSpec } from '../../model/edits.ts';
import type { NamedValue } from '../../model/values.ts';
import { number } from '../../model/values.ts';
import type { Idea } from './operator.ts';
import { canCompile, type OperatorContext } from './operatorContext.ts';
import { compileWith, optimizerOf } from './training.ts';
import { figure } from './words.ts';

/** How one optimiser is to take another's place. */
interface Course {
  readonly type: OptimizerSpec['type'];
  readonly rate: (own: number) => number;
  readonly settings: readonly NamedValue[];
  readonly title: string;
  readonly because: string;
  readonly key: string;
  readonly fit?: number;
}

/** A number that an optimiser is told beside its rate. */
export const setting = (name: string, value: number): NamedValue => ({
  name,
  value: number(value),
});

/** Ideas that put another optimiser in place of one like Adam; none where it is in use. */
export function courses(context: OperatorContext, all: readonly Course[]): readonly Idea[] {
  const own = optimizerOf(context);
  const isKnown = own !== null && canCompile(context.network.architecture);
  if (!isKnown || !context.hasRuntimeName) return [];
  // The rates of plain steps are no rates of Adam.
  const rate = ADAPTIVE.has(own.type) ? own.learningRate : 0.001;
  return all
    .filter(({ type }) => type !== own.type)
    .map((course) => ({
      title: course.title.replace('{rate}', figure(course.rate(rate))),
      edits: [
        compileWith(context, {
          optimizer: {
            type: course.type,
            learningRate: course.rate(rate),
            settings: course.settings,
          },
        }),
      ],
      variantKey: course.key,
      because: course.because,
      fit: course.fit ?? 1,
    }));
}

/** To two digits. */
export const tidy = (rate: number): number => Number(rate.toPrecision(2));

const ADAPTIVE = new Set<OptimizerSpec['type']>([
  'adam',
  'adamax',
  'rmsprop',
  'adamW',
  'rAdam',
  'cosineAdam',
  'clippedAdam',
  'averagedAdam',
]);

/** Training steps of a trial; `null` where the data are not known. */
export function stepsOf({ network: { data }, config }: OperatorContext): {
  readonly all: number;
  readonly ofEpoch: number;
} | null {
  if (!data) return null;
  const ofEpoch = Math.max(1, Math.ceil(data.rows.train / config.batchSize));
  return { all: ofEpoch * config.epochs, ofEpoch };
}

/** Below this a schedule has no course to take. */
export const FEWEST_STEPS = 20;
