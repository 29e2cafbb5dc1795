import { cannotEditError } from '../../errors.ts';
import { replacement } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import type { PlacedLayer } from '../read/reading.ts';
import type { PythonContext } from './pythonContext.ts';

const CELLS: Readonly<Record<string, string>> = { lstm: 'LSTM', gru: 'GRU', simpleRNN: 'RNN' };

/** A recurrent layer of PyTorch. */
export const isCell = (type: string): boolean => Object.hasOwn(CELLS, type);

/** What one kind takes and the others do not. */
const OWN = /^(nonlinearity|proj_size)$/;

/** PyTorch: another kind of recurrent layer, with the same arguments in the same words. */
export function otherCell(context: PythonContext, index: number, type: string): readonly Patch[] {
  requireStateUnused(context, context.editable(index));
  const { callee, arguments: args } = context.call(index);
  const own = args.find(({ name }) => name !== null && OWN.test(name));
  if (own)
    throw cannotEditError(`\`${own.name ?? ''}\` is an argument of this kind of layer alone`);
  const name = CELLS[type] ?? type;
  const written = context.slice(callee.span);
  return [
    replacement(
      callee.span,
      callee.kind === 'attribute'
        ? written.replace(/\w+$/, name)
        : context.printer.reach(`torch.nn.${name}`),
    ),
  ];
}

/**
 * PyTorch: refuses where more than the output of a recurrent layer is read, or a state is given to
 * it: an LSTM's is a pair, a GRU's one tensor, and one that reads both ways has twice of it.
 */
export function requireStateUnused(context: PythonContext, { site }: PlacedLayer): void {
  if (site.kind !== 'apply') return;
  const { statement, span } = site;
  const [target] = statement.kind === 'assign' ? statement.targets : [];
  const state = target?.kind === 'sequence' ? target.items[1] : undefined;
  const isUnread =
    state === undefined ||
    (state.kind === 'name' && (state.name === '_' || occursOnce(state.name, context.text)));
  const isGiven = /\([^()]*,/.test(context.slice(span));
  const isTaken = /^\s*\[\s*-?1/.test(context.text.slice(span.end));
  if (!isUnread || isGiven || isTaken)
    throw cannotEditError('the state of the layer is used there');
}

const occursOnce = (name: string, text: string): boolean =>
  [...text.matchAll(new RegExp(String.raw`\b${name}\b`, 'g'))].length === 1;
