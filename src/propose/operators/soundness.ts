import type { Architecture } from '../../model/architecture.ts';
import { looksAhead } from './foresight.ts';
import { networkOf } from './network.ts';
import type { OperatorContext } from './operatorContext.ts';

/**
 * A change builds as far as the source tells: no shape is impossible, the output keeps its shape,
 * the study's limit of parameters holds, and no step that foretells the next sees it.
 */
export function isSoundChange(
  { network, config }: OperatorContext,
  changed: Architecture,
): boolean {
  if (network.data?.foretells && looksAhead(changed) && !looksAhead(network.architecture))
    return false;
  const after = networkOf(changed, network.data);
  if (after.shapes.includes('impossible') && !network.shapes.includes('impossible')) return false;
  const [before, now] = [network, after].map(({ head, shapes }) =>
    JSON.stringify(shapes[head.at(-1)?.index ?? -1] ?? null),
  );
  const known =
    network.head.length > 0 &&
    after.head.length > 0 &&
    before !== '"unknown"' &&
    now !== '"unknown"';
  if (known && before !== now) return false;
  const most = Math.max(config.limits.parameters, network.parameters ?? 0);
  return after.parameters === null || after.parameters <= most;
}
