import type { LayerSpec } from '../../../../model/edits.ts';
import { cannotEditError } from '../../errors.ts';
import type { Patch } from '../../write/patch.ts';
import { insertAfterStatement } from '../../write/statements.ts';
import type { Statement } from '../code/tree.ts';
import type { PlacedLayer } from '../read/reading.ts';
import type { PythonContext } from './pythonContext.ts';

/** Layers that a module's `forward` or a model's `call` applies are made in its `__init__`. */
export function appliers(
  context: PythonContext,
  { specs, beside }: { specs: readonly LayerSpec[]; beside: PlacedLayer | null },
  printed: readonly string[],
): { readonly made: readonly Patch[]; readonly callees: readonly string[] } {
  const place = beside?.site.kind === 'apply' ? beside.site.span : beside?.draft.span;
  const { owner, method } = place ? context.around(place) : { owner: null, method: null };
  const init = owner?.body.find((it) => it.kind === 'function' && it.name === '__init__');
  if (!owner || init?.kind !== 'function' || method === init) return { made: [], callees: printed };
  const last =
    beside && within(beside.draft.statement, init.code.body)
      ? beside.draft.statement
      : init.code.body.at(-1);
  if (!last) throw cannotEditError(`\`${owner.name}.__init__\` is empty`);
  const names = freshNames(context, specs);
  const lines = printed.map((text, index) => `self.${names[index] ?? 'layer'} = ${text}`);
  return {
    made: [insertAfterStatement(context.text, last.span, lines)],
    callees: names.map((name) => `self.${name}`),
  };
}

/** A name for each layer that the file does not use yet. */
export function freshNames(context: PythonContext, specs: readonly LayerSpec[]): readonly string[] {
  const taken = new Set<string>();
  return specs.map((spec) => {
    let name = context.freshName(ATTRIBUTES[spec.type] ?? spec.type.toLowerCase());
    while (taken.has(name)) name += '_next';
    taken.add(name);
    return name;
  });
}

const within = (statement: Statement, body: readonly Statement[]): boolean =>
  body.includes(statement);

const ATTRIBUTES: Readonly<Record<string, string>> = {
  batchNormalization: 'norm',
  layerNormalization: 'norm',
  dropout: 'dropout',
  dense: 'dense',
  conv2d: 'conv',
  globalAveragePooling2d: 'squeeze',
  activation: 'activation',
  reLU: 'activation',
  elu: 'activation',
  leakyReLU: 'activation',
};
