import type { Attempt } from '../../record/attempt.ts';
import { takenText } from '../../record/format.ts';
import { meansOf } from '../../record/measures.ts';

/** A fact with its name: `runtime`, `wasm`. */
export type Fact = readonly [name: string, value: string];

/** Where and with what it was trained. */
export function environmentFacts({
  environment,
  config,
  parameters,
  dataHash,
  createdAt,
  finishedAt,
  id,
  parents,
  trials,
}: Attempt): readonly Fact[] {
  const runtime: readonly Fact[] = environment
    ? [
        [
          'runtime',
          `${environment.runtime} on ${environment.platform}, Cortex ${environment.cortex}`,
        ],
        ...Object.entries(environment.versions),
      ]
    : [];
  const taken = takenText(meansOf(trials));
  return [
    ...runtime,
    ...(taken === null ? [] : [['takes', taken] as const]),
    ['parameters', parameters === null ? 'unknown' : parameters.toLocaleString('en')],
    ['training', `${config.epochs} epochs, batch size ${config.batchSize}`],
    ['data', dataHash ? dataHash.slice(0, 12) : 'not read'],
    ['id', `${id}${parents.length > 0 ? `, from ${parents.join(', ')}` : ''}`],
    ['time', `${momentText(createdAt)} – ${momentText(finishedAt)} UTC`],
  ];
}

/** `2026-11-21 14:05:31` of an ISO text. */
const momentText = (iso: string): string => iso.slice(0, 19).replace('T', ' ');
