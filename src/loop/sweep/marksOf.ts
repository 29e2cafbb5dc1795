import type { Tunable } from '../../record/proposalRecord.ts';
import type { Mark } from '../../search/marks/mark.ts';
import { readMarks } from '../../search/marks/readMarks.ts';
import { placeTunables } from '../../search/marks/tunables.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';

/**
 * What is marked for a search: by comments of the model file, and by whoever proposed the attempt
 * that it starts from. Throws for a comment that cannot be used; a number of a proposal that is not
 * found in the file is told and left out.
 */
export async function marksOf(
  { session, parent, model: { text } }: Round,
  { onEvent }: Pick<Ports, 'onEvent'>,
): Promise<readonly Mark[]> {
  const read = readMarks(text);
  if (!read.ok) throw read.error;
  const { marks, left } = placeTunables(text, await tunablesOf(parent.id, session), read.value);
  if (marks.length + left.length > 0)
    onEvent({ kind: 'notice', text: toldOf(parent.number, marks, left) });
  return [...read.value, ...marks];
}

async function tunablesOf(id: string, session: Round['session']): Promise<readonly Tunable[]> {
  const record = await session.attempt(id);
  return record.kind === 'change' ? (record.proposal.searchSpace ?? []) : [];
}

function toldOf(number: number, marks: readonly Mark[], left: readonly string[]): string {
  const names = marks.map(({ dimension }) => dimension.name).join(', ');
  const found = names === '' ? [] : [`Searched as the proposal of #${number} asks: ${names}.`];
  const lost = left.length === 0 ? [] : [`Not found in the file: ${left.join(', ')}.`];
  return [...found, ...lost].join(' ');
}
