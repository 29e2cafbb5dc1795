import { borrowed, learnedSpace } from '../../search/experience/learnedSpace.ts';
import { kindOfData, kindText, likeness } from '../../search/experience/dataKind.ts';
import { usesIn, type Past, type Use } from '../../search/experience/experience.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import type { Space } from '../../search/space/space.ts';
import { plural } from '../../util/plural.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { readPast } from './readPast.ts';

/** A space with what earlier work in the repository taught of it. */
interface Experienced {
  readonly space: Space;
  /** What was best elsewhere: tried right after the model as it is. */
  readonly starts: readonly Configuration[];
}

/** So many of the searches on the likest data lend their best. */
const MOST_LENT = 3;

/** Learns from all studies of the repository, and tells what it makes of it. */
export async function withExperience(
  space: Space,
  round: Round,
  ports: Pick<Ports, 'store' | 'others' | 'onEvent'>,
): Promise<Experienced> {
  const past = await readPast(round, ports);
  const data = round.data ? kindOfData(round.data) : null;
  const findings = round.diagnosis.findings.map(({ kind }) => kind);
  const uses = usesIn(past, { data, findings });
  const learned = learnedSpace(space, uses);
  const starts = past.sweeps
    .toSorted((a, b) => likeness(b.data, data) - likeness(a.data, data))
    .slice(0, MOST_LENT)
    .map((sweep) => borrowed(sweep, learned.space))
    .filter((start) => start !== null);
  const effects = [
    ...paidText(space, uses),
    ...leftOutText(learned.leftOut),
    ...(starts.length > 0
      ? [`Tried early: what was best in ${plural(starts.length, 'other sweep')}.`]
      : []),
  ];
  if (effects.length > 0)
    ports.onEvent({
      kind: 'notice',
      text: [fromText(past, data && kindText(data)), ...effects].join(' '),
    });
  return { space: learned.space, starts };
}

function fromText({ sweeps, changes }: Past, kind: string | null): string {
  const names = [...new Set(sweeps.map(({ study }) => study))].join(', ');
  const searches = `${plural(sweeps.length, 'sweep')}${names === '' ? '' : ` (${names})`}`;
  const on = kind === null ? '' : `, by how like this ${kind} their data are`;
  const single = plural(changes.length, 'attempt');
  return `Learned from ${searches} and ${single} of this repository${on}.`;
}

const leftOutText = (names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [`Left out, as they never paid: ${names.join(', ')}.`];

const MOST_NAMED = 4;

function paidText({ dimensions }: Space, uses: ReadonlyMap<string, Use>): readonly string[] {
  const paid = dimensions
    .flatMap(({ name }) => {
      const { tries = 0, paid: times = 0 } = uses.get(name) ?? {};
      return times > 0 ? [{ name, share: times / tries }] : [];
    })
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_NAMED)
    .map(({ name, share }) => `${name} (${Math.round(100 * share)} % of its uses)`);
  return paid.length === 0 ? [] : [`Paid: ${paid.join(', ')}.`];
}
