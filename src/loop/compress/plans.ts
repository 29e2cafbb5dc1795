import { pruneUnits } from '../../model/prune.ts';
import { shippedBytes } from '../../model/shippedBytes.ts';
import { zeroed } from '../../model/sparsity.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';
import type { Footing, Hold } from '../../record/training.ts';
import type { Ports } from '../ports.ts';
import { factorings } from './factoring.ts';
import { narrowings } from './narrowings.ts';
import type { Original } from './original.ts';
import type { Method } from './smaller.ts';

/** How something smaller is trained. */
export interface Plan {
  readonly method: Exclude<Method, 'as-trained'>;
  /** The builder. */
  readonly text: string;
  /** Of the builder's text; empty where that stays. */
  readonly diff: string;
  /** `16 → 8, 32 → 16`. */
  readonly change: string;
  /** What a seed starts from, of what the original's has learned; `null`: from random weights. */
  readonly start: ((trained: TrainedModel) => TrainedModel) | null;
  /** `null`: only the data teach. */
  readonly teaching: Teaching | null;
  /** `null`: the weights are held to nothing. */
  readonly hold: Hold | null;
}

type Teaching = Omit<NonNullable<Footing['teachers']>, 'paths' | 'source'>;

/** What the teachers say is this share of a target, softened this much. */
const TEACHING: Teaching = { share: 0.7, temperature: 2 };

/** Everything that is trained to become smaller, the plainest first. */
export const plansFor = (original: Original, limit: number, ports: Ports): readonly Plan[] => [
  ...narrower(original, limit, ports),
  ...factorings(original, limit, ports).map((factoring) => ({
    ...factoring,
    method: 'low-rank-factors' as const,
    teaching: null,
    hold: null,
  })),
  ...sparser(original, limit),
];

/** Narrower builders: trained anew, from the units that matter most, taught, and both. */
const narrower = (original: Original, limit: number, ports: Ports): readonly Plan[] =>
  narrowings(original, limit, ports).flatMap(({ widths, ...narrowing }) => {
    const pruned = (trained: TrainedModel): TrainedModel => pruneUnits(trained, widths);
    const plain = { ...narrowing, start: null, teaching: null, hold: null };
    return [
      { ...plain, method: 'narrowing' as const },
      { ...plain, method: 'structured-pruning' as const, start: pruned },
      { ...plain, method: 'distillation' as const, teaching: TEACHING },
      { ...plain, method: 'pruning-and-distillation' as const, start: pruned, teaching: TEACHING },
    ];
  });

/** The same builder, trained on with what 8 bits can say: for where they cost too much. */
export const awareOfBytes = ({ file }: Original): Plan => ({
  method: '8-bit-aware',
  text: file.text,
  diff: '',
  change: '',
  start: (trained) => trained,
  teaching: null,
  hold: { kind: 'bytes' },
});

const FEWEST = 0.5;
const MOST = 0.95;
const STEP = 0.05;

/** The same builder with the fewest zeros that fit, at least a half; and half of what is left. */
function sparser({ model, file }: Original, limit: number): readonly Plan[] {
  const shares = Array.from(
    { length: Math.round((MOST - FEWEST) / STEP) + 1 },
    (_, index) => FEWEST + STEP * index,
  );
  const least = shares.find((share) => shippedBytes(zeroed(model, share), 'uint8') <= limit);
  if (least === undefined) return [];
  return [least, 1 - (1 - least) / 2].map((share) => ({
    method: 'magnitude-pruning',
    text: file.text,
    diff: '',
    change: `${(100 * share).toFixed(1).replace(/\.0$/, '')} % zeros`,
    start: (trained) => trained,
    teaching: null,
    hold: { kind: 'zeros', share },
  }));
}
