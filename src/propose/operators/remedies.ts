import type { FindingKind } from '../../log/diagnosis.ts';
import { OPERATORS } from './operators.ts';

/** Names of the operators made for a finding, the strongest first. */
export const remediesFor = (finding: FindingKind): readonly string[] =>
  OPERATORS.flatMap(({ name, answers }) =>
    (answers[finding] ?? 0) > 0 ? [{ name, weight: answers[finding] ?? 0 }] : [],
  )
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ name }) => name);
