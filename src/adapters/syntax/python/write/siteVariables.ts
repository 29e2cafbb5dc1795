import type { Site } from '../read/py.ts';

type Of<K extends Site['kind']> = Extract<Site, { kind: K }>;

/**
 * The variable that holds what a call gives, where the statement is nothing else; of several (`x, _
 * = self.lstm(x)`) the first.
 */
export function variableOf({ statement, span }: Of<'apply'>): string | null {
  if (statement.kind !== 'assign' || statement.targets.length !== 1) return null;
  const [whole] = statement.targets;
  const target = whole?.kind === 'sequence' ? whole.items[0] : whole;
  const value = statement.value?.kind === 'group' ? statement.value.inner : statement.value;
  return target?.kind === 'name' && value?.span.start === span.start && value.span.end === span.end
    ? target.name
    : null;
}
