import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import { boolean, call, list, number, string, type Value } from '../../model/values.ts';
import type { OwnIdea } from '../../study/ownIdea.ts';
import { defineOperator } from './defineOperator.ts';
import { describe, endOfBlock, insertionBefore, nextOf, shapeOf, widthOf } from './network.ts';
import type { Idea, Operator } from './operator.ts';
import { canCompile, type OperatorContext } from './operatorContext.ts';
import { OPERATORS } from './operators.ts';
import { compileWith } from './training.ts';

/**
 * The catalogue's operators and the study's own ideas as operators like any other. Throws what is
 * wrong with a file of an own idea.
 */
export function operatorsFor(
  { ownIdeas }: Pick<OperatorContext, 'ownIdeas'>,
  operators: readonly Operator[] = OPERATORS,
): readonly Operator[] {
  if (!ownIdeas.ok) throw ownIdeas.error;
  return ownIdeas.value.length === 0
    ? operators
    : [...operators, ...ownIdeas.value.map(ownOperator)];
}

/** An idea of a user's own, proposed, ranked and recorded as those of the catalogue. */
const ownOperator = (idea: OwnIdea): Operator =>
  defineOperator({
    ...{ name: idea.name, family: idea.family, source: idea.source, answers: idea.answers },
    ...{ calledBy: idea.calledBy, base: idea.base, gain: idea.gain },
    ideas: (context) =>
      idea.task !== undefined && idea.task !== context.task ? [] : usesOf(idea, context),
  });

function usesOf(idea: OwnIdea, context: OperatorContext): readonly Idea[] {
  if (!idea.where) return use(idea, context, null);
  const layers = fitting(idea.where, context);
  const chosen = {
    each: layers,
    first: layers.slice(0, 1),
    last: layers.slice(-1),
  }[idea.where.which];
  return chosen.flatMap((layer) => use(idea, context, layer));
}

const RANKS = { row: 1, steps: 2, image: 3 } as const;

const fitting = (
  { layer: types, output, width: [least, most] = [0, Infinity] }: NonNullable<OwnIdea['where']>,
  { network }: OperatorContext,
): readonly Layer[] =>
  network.hidden.filter((layer) => {
    const shape = shapeOf(network, layer);
    const width = widthOf(layer)?.value ?? shape?.at(-1) ?? 0;
    return (
      types.includes(layer.type) &&
      (output === undefined || shape?.length === RANKS[output]) &&
      width >= least &&
      width <= most
    );
  });

/** One use of it; none where an edit has no place. */
function use(idea: OwnIdea, context: OperatorContext, layer: Layer | null): readonly Idea[] {
  const edits = idea.edits.map((edit) => editOf(edit, context, layer));
  const written = edits.filter((edit) => edit !== null);
  if (written.length < edits.length) return [];
  const name = layer ? describe(context.network, layer) : 'the model';
  const told = (text: string): string => text.replaceAll('{layer}', name);
  return [
    {
      title: told(idea.title),
      because: told(idea.because),
      edits: written,
      variantKey: layer ? `layer ${layer.index}` : 'model',
    },
  ];
}

type OwnEdit = OwnIdea['edits'][number];

function editOf(
  edit: OwnEdit,
  context: OperatorContext,
  layer: Layer | null,
): ArchitectureEdit | null {
  if (edit.op === 'setCompile') return compileOf(edit, context);
  return layer && layerEdit(edit, context, layer);
}

function compileOf(
  { optimizer, loss }: Extract<OwnEdit, { op: 'setCompile' }>,
  context: OperatorContext,
): ArchitectureEdit | null {
  if (!canCompile(context.network.architecture)) return null;
  return compileWith(context, {
    ...(optimizer && { optimizer }),
    ...(loss !== undefined && { loss: { kind: 'named', name: loss } }),
  });
}

function layerEdit(
  edit: Exclude<OwnEdit, { op: 'setCompile' }>,
  { network }: OperatorContext,
  layer: Layer,
): ArchitectureEdit | null {
  const place = layer.index;
  switch (edit.op) {
    case 'insertBehind': {
      const end = endOfBlock(network, layer);
      return nextOf(network, end)
        ? { kind: 'insertLayers', after: end.index, layers: edit.layers.map(layerOf) }
        : null;
    }
    case 'insertBefore': {
      const after = insertionBefore(layer);
      return after === null
        ? null
        : { kind: 'insertLayers', after, layers: edit.layers.map(layerOf) };
    }
    case 'setArgument':
      return { kind: 'setArgument', layer: place, name: edit.name, value: valueOf(edit.value) };
    case 'removeArgument':
      return { kind: 'removeArgument', layer: place, name: edit.name };
    case 'replaceLayer':
      return { kind: 'replaceLayer', layer: place, with: layerOf(edit.with) };
    case 'removeLayer':
      return { kind: 'removeLayer', layer: place };
  }
}

type OwnLayer = Extract<OwnEdit, { op: 'replaceLayer' }>['with'];
type OwnValue = OwnLayer['arguments'][string];

const layerOf = ({ type, arguments: args }: OwnLayer): LayerSpec => ({
  type,
  arguments: Object.entries(args).map(([name, value]) => ({ name, value: valueOf(value) })),
});

function valueOf(value: OwnValue): Value {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return boolean(value);
  if (typeof value === 'string') return string(value);
  if (!('call' in value)) return list(...value.map(number));
  const args = Object.entries(value.arguments).map(([name, own]) => [name, valueOf(own)] as const);
  return call(value.call, Object.fromEntries(args));
}
