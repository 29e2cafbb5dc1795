import type { DeclareStatement, Expression } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import { cannotEditError } from '../errors.ts';
import type { PlacedLayer } from '../read/drafts.ts';
import { castOf, sameSpan, unwrap } from './editContext.ts';
import type { EditContext } from './editContext.ts';

/** A layer's output: the variable that holds it, or the expression it is a part of. */
export type Tensor =
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly statement: DeclareStatement;
      readonly reassigned: boolean;
      readonly cast: string;
    }
  | { readonly kind: 'part'; readonly span: Span; readonly statement: Span };

/** Where a functional layer's output is kept. */
export function tensorOf(context: EditContext, index: number): Tensor {
  const { site } = context.editable(index);
  if (site.kind !== 'apply')
    throw cannotEditError('the layer is not applied in a statement of its own');
  const { statement, span } = site;
  const value = statement.kind === 'declare' ? statement.value : null;
  if (
    statement.kind !== 'declare' ||
    statement.pattern.kind !== 'name' ||
    !value ||
    !statement.alone ||
    !sameSpan(unwrap(value).span, span)
  ) {
    return { kind: 'part', span, statement: statement.span };
  }
  const { name } = statement.pattern;
  return {
    kind: 'variable',
    name,
    statement,
    reassigned: isReassigned(context, statement, name),
    cast: castOf(value),
  };
}

/** ` as tf.SymbolicTensor` where the layers around have it. */
export function usualCast(context: EditContext): string {
  for (const { site, conditional } of context.reading.layers) {
    const cast = site.kind === 'apply' && !conditional ? castAround(site) : '';
    if (cast !== '') return cast;
  }
  return '';
}

function castAround({ statement, span }: Extract<PlacedLayer['site'], { kind: 'apply' }>): string {
  const value =
    statement.kind === 'declare' || statement.kind === 'return' ? statement.value : null;
  return value && sameSpan(unwrap(value).span, span) ? castOf(value) : '';
}

/** The variable may take another tensor later (`x = …`), so a new layer can be written into it. */
function isReassigned(context: EditContext, statement: DeclareStatement, name: string): boolean {
  return (
    statement.keyword === '' ||
    (statement.keyword !== 'const' && assignments(context, name).length > 0)
  );
}

/** Statements of the builder's body that give a name another value. */
export function assignments(context: EditContext, name: string): DeclareStatement[] {
  return context.reading.host.body.filter(
    (statement): statement is DeclareStatement =>
      statement.kind === 'declare' &&
      statement.keyword === '' &&
      statement.pattern.kind === 'name' &&
      statement.pattern.name === name,
  );
}

/** The tensor that a one-input layer is applied to. */
export function inputOf(context: EditContext, index: number): Expression {
  const layer = context.editable(index);
  const input = layer.site.kind === 'apply' ? layer.site.input : null;
  if (!input || layer.inputs.length !== 1 || unwrap(input).kind === 'list')
    throw cannotEditError('the layer does not have exactly one input');
  return unwrap(input);
}

const SUFFIX_OF_TYPE: Readonly<Record<string, string>> = {
  batchNormalization: 'Normalized',
  layerNormalization: 'Normalized',
  dropout: 'Dropped',
  activation: 'Activated',
  add: 'Residual',
  multiply: 'Weighted',
  dot: 'Attended',
  flatten: 'Flat',
  reshape: 'Shaped',
};

/** A name for what a layer of `type` makes of the tensor `name`: `hiddenNormalized`. */
export function derivedName(name: string, type: string): string {
  const suffix = SUFFIX_OF_TYPE[type] ?? type.charAt(0).toUpperCase() + type.slice(1);
  return name.toLowerCase().endsWith(suffix.toLowerCase()) ? `${name}Again` : name + suffix;
}
