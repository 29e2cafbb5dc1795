import type { ArchitectureEdit, Helper } from '../../../../model/edits.ts';
import { helperOf } from '../../../../model/ownLayers/ownLayer.ts';
import { ownLayersIn } from '../../../../model/ownLayers/ownLayers.ts';
import { cannotEditError } from '../../errors.ts';
import { indentAt, insertion, lineStart } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import type { PythonContext } from './pythonContext.ts';

/** The classes of the layers that an edit brings along. */
export const broughtClasses = (context: PythonContext, edit: ArchitectureEdit): readonly Patch[] =>
  ownLayersIn(edit).flatMap((own) => insertHelper(context, helperOf(own, 'python')));

/** Writes a helper function or class above the builder; not again where it stands already. */
export function insertHelper(context: PythonContext, helper: Helper): readonly Patch[] {
  const { reading, text } = context;
  const source = context.isTorch ? helper.source.torch : helper.source.keras;
  if (source === undefined) throw cannotEditError(`\`${helper.name}\` has no source in Python`);
  const spelled = withNames(context, source.trim());
  if (text.includes(spelled)) return [];
  if (new RegExp(`\\b${helper.name}\\b`).test(text))
    throw cannotEditError(`the file already has another \`${helper.name}\``);
  const { start } = reading.builder.topLevel;
  const first = reading.module.statements.find(({ span }) => span.end > start);
  const holder = [...(reading.architecture.scope ?? []), { start }]
    .map((range) => range.start)
    .filter((at) =>
      reading.module.statements.some(({ span }) => span.start <= at && span.end > at),
    );
  const earliest = Math.min(start, ...holder.map((at) => topStart(context, at)));
  const at = lineStart(text, Math.min(first?.span.start ?? start, earliest));
  return [insertion(at, `${indentAt(text, at)}${spelled}\n\n\n`)];
}

const topStart = ({ reading }: PythonContext, at: number): number =>
  reading.module.statements.find(({ span }) => span.start <= at && span.end > at)?.span.start ?? at;

/** Names that a helper's source may have, and what they stand for. */
const NAMES: Readonly<Record<'keras' | 'torch', Readonly<Record<string, string>>>> = {
  keras: { ops: 'keras.ops', layers: 'keras.layers', optimizers: 'keras.optimizers' },
  torch: { torch: 'torch', nn: 'torch.nn', F: 'torch.nn.functional' },
};

/** The names in it as the file can say them. */
function withNames({ isTorch, printer }: PythonContext, source: string): string {
  const used = Object.entries(NAMES[isTorch ? 'torch' : 'keras']).filter(([name]) =>
    pathOf(name).test(source),
  );
  const reached = new Map(used.map(([name, path]) => [name, printer.reach(path)]));
  const any = new RegExp(`(?<![\\w.])(${[...reached.keys(), '$^'].join('|')})\\.`, 'g');
  return source.replaceAll(any, (_, name: string) => `${reached.get(name) ?? name}.`);
}

const pathOf = (name: string): RegExp => new RegExp(`(?<![\\w.])${name}\\.`);
