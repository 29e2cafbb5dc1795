import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Grouping } from './arrangement.ts';

/** What people call a group of attempts. */
export function groupName(
  group: Grouping,
  key: string,
  attempts: readonly AttemptSummary[],
): string {
  if (group !== 'parent') return key === '' ? `no ${group}` : key;
  const parent = attempts.find(({ id }) => id === key);
  return parent ? `from #${parent.number} ${parent.title}` : 'from nothing earlier';
}
