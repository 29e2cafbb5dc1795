import type { DataProfile } from '../../record/dataProfile.ts';
import type { demandKinds } from '../../study/ownIdea.ts';
import { figure } from './words.ts';

type Demand = (typeof demandKinds)[number];

/** How strongly an operator answers what the data ask for, 0–1. */
export type Calls = Readonly<Partial<Record<Demand, number>>>;

/** A demand with its strength, 0–1, and a sentence that says where it is seen. */
export interface Called {
  readonly strength: number;
  readonly text: string;
}

const FEWEST_TURNS = 3;
const MANY_STEPS = 24;
const FEW_ROWS = 300;
const RARE = 0.6;

const percent = (share: number): string => `${figure(100 * share)} %`;

/** What the data ask for; empty where they are not known. */
export const demandsOf = (data: DataProfile | null): ReadonlyMap<Demand, Called> =>
  new Map(data ? [...ofTarget(data), ...ofClasses(data), ...ofRows(data)] : []);

function* ofTarget({ scales }: DataProfile): Iterable<[Demand, Called]> {
  const { outliers = 0, turns = 0 } = scales?.structure ?? {};
  if (outliers > 0.002)
    yield [
      'outliers',
      {
        strength: Math.min(1, 0.6 + 10 * outliers),
        text: `${percent(outliers)} of the targets lie more than 5 deviations from the middle one`,
      },
    ];
  if (turns >= FEWEST_TURNS)
    yield [
      'waves',
      {
        strength: Math.min(1, 0.4 + turns / 10),
        text: `along one of the inputs the target turns ${turns} times, up and down`,
      },
    ];
}

function* ofClasses({ classShares }: DataProfile): Iterable<[Demand, Called]> {
  const rarest = Math.min(...classShares);
  if (classShares.length > 1 && rarest * classShares.length < RARE)
    yield [
      'imbalance',
      {
        strength: Math.min(1, 1.2 - rarest * classShares.length),
        text: `the rarest of ${classShares.length} classes is ${percent(rarest)} of the rows`,
      },
    ];
}

function* ofRows({ rows, inputShape }: DataProfile): Iterable<[Demand, Called]> {
  const [steps = 0] = inputShape;
  if (inputShape.length === 2 && steps >= MANY_STEPS)
    yield ['many-steps', { strength: 0.7, text: `each row is a sequence of ${steps} steps` }];
  if (rows.train < FEW_ROWS)
    yield ['few-rows', { strength: 0.5, text: `there are ${rows.train} rows to train on` }];
}

/** The demand an operator answers most strongly; `null` where it answers none that there is. */
export function answeredDemand(
  demands: ReadonlyMap<Demand, Called>,
  calls: Calls,
): { readonly need: number; readonly text: string } | null {
  const answered = [...demands].map(([demand, { strength, text }]) => ({
    need: strength * (calls[demand] ?? 0),
    text,
  }));
  const [best] = answered.toSorted((a, b) => b.need - a.need);
  return best && best.need > 0 ? best : null;
}
