import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Objectives } from '../../record/objectives.ts';
import type { DataKind, SweptConfiguration } from '../../record/searchRecords.ts';
import type { Configuration } from '../space/dimension.ts';
import { UNUSED } from '../space/operatorLevers.ts';
import { isBefore, type Scored } from '../sweep/archive.ts';
import { scoreOf } from '../sweep/score.ts';
import { likeness } from './dataKind.ts';

/** A finished search of a study, as it is remembered. */
export interface PastSweep {
  readonly study: string;
  /** `null` in records from before it was kept. */
  readonly data: DataKind | null;
  readonly objectives: Objectives;
  readonly configurations: readonly SweptConfiguration[];
}

/** What is known of a study besides the one that is searched. */
export interface Past {
  readonly sweeps: readonly PastSweep[];
  readonly changes: readonly AttemptSummary[];
}

/** How often an operator was used, and how often that paid; by the likeness of the data. */
export interface Use {
  readonly tries: number;
  readonly paid: number;
}

/** What is now searched. */
interface Present {
  readonly data: DataKind | null;
  /** Names of what its log shows. */
  readonly findings: readonly string[];
}

/** A change that answered nothing of what is found now tells half. */
const OTHER_FINDING = 0.5;

/** What every operator came to in the past, by name. */
export function usesIn({ sweeps, changes }: Past, present: Present): ReadonlyMap<string, Use> {
  const told = [
    ...sweeps.flatMap((sweep) => usesOfSweep(sweep, likeness(sweep.data, present.data))),
    ...changes.flatMap((change) => useOfChange(change, present)),
  ];
  const groups = Map.groupBy(told, ({ operator }) => operator);
  return new Map([...groups].map(([operator, group]) => [operator, sumOf(group)]));
}

const sumOf = (group: readonly Told[]): Use => ({
  tries: group.reduce((sum, { weight }) => sum + weight, 0),
  paid: group.reduce((sum, { weight, paid }) => sum + (paid ? weight : 0), 0),
});

interface Told {
  readonly operator: string;
  readonly weight: number;
  readonly paid: boolean;
}

/** The share of a sweep that counts as good. */
const GOOD = 1 / 3;

/** Trained configurations of a sweep, the best first; failures last. */
export const rankedOf = ({ configurations, objectives }: PastSweep): readonly Scored[] =>
  configurations
    .filter(({ unfit, failure }) => unfit === undefined && failure !== 'cancelled')
    .map(({ values, results: [last], by = '' }) => ({
      values: values as Configuration,
      by,
      epochs: last?.epochs ?? 0,
      score: last ? scoreOf(last.measures, objectives) : null,
    }))
    .toSorted((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));

/** Used in one of the best, and ahead of the model as it was, which is tried first: it paid. */
function usesOfSweep(sweep: PastSweep, weight: number): readonly Told[] {
  const ranked = rankedOf(sweep);
  const own = JSON.stringify(sweep.configurations[0]?.values);
  const start = ranked.findIndex(({ values }) => JSON.stringify(values) === own);
  const good = Math.min(Math.ceil(GOOD * ranked.length), start === -1 ? Infinity : start);
  return ranked.flatMap(({ values, score }, place) =>
    usedIn(values).map((operator) => ({ operator, weight, paid: score !== null && place < good })),
  );
}

/** Operators have words for values, and one for where they are not used. */
const usedIn = (values: Configuration): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && value !== UNUSED && !SETTINGS.includes(name) ? [name] : [],
  );

/** Choices that every configuration makes. */
const SETTINGS: readonly string[] = ['optimizer'];

function useOfChange(
  { operator, verdict, findings = [] }: AttemptSummary,
  present: Present,
): readonly Told[] {
  if (operator === null || !TELLING.includes(verdict)) return [];
  const isAsked = findings.some((finding) => present.findings.includes(finding));
  return [{ operator, weight: isAsked ? 1 : OTHER_FINDING, paid: verdict === 'better' }];
}

const TELLING: readonly AttemptSummary['verdict'][] = ['better', 'worse', 'inconclusive'];
