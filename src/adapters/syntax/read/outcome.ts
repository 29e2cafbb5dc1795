import { ancestors } from './ancestors.ts';
import type { ModelDraft, PlacedLayer } from './drafts.ts';
import type { Follower } from './follow.ts';
import { modelIn } from './modelIn.ts';
import type { Reading } from './reading.ts';
import type { Meaning, Scope } from './scope.ts';

/** The model a builder comes to, as far as it was followed, and its layers. */
export interface Outcome {
  readonly found: Reading['found'];
  readonly model: ModelDraft | null;
  readonly layers: readonly PlacedLayer[];
}

/** Of all layers that were met, those of the model that the builder gives. */
export function outcomeOf({ ledger }: Follower, returned: Meaning, scope: Scope): Outcome {
  const given = modelOf(returned, scope);
  const built = given ?? ledger.models.findLast(isOwn) ?? null;
  const model = built?.followed && ledger.followed ? built : null;
  const found = given || !model ? 'returned' : 'inline';
  if (!model) {
    const layers = picked(ledger.layers, metIn(ledger));
    return { model, layers: layers.map((layer) => ({ ...layer, conditional: true })), found };
  }
  const kept =
    model.kind === 'sequential' ? [...model.layers] : ancestors(ledger.layers, model.layers);
  const layers = picked(ledger.layers, kept).map((layer) => reached(layer, model));
  return { model, layers, found };
}

/** These layers alone, each reading from where those that it reads from are among them. */
const picked = (layers: readonly PlacedLayer[], kept: readonly number[]): PlacedLayer[] =>
  kept.flatMap((index) => {
    const layer = layers[index];
    return layer ? [{ ...layer, inputs: layer.inputs.map((input) => kept.indexOf(input)) }] : [];
  });

/**
 * Of a builder that could not be followed to its model: the layers that it placed, with what they
 * read from, not those that a constructor placed by calling it.
 */
function metIn({ layers, begun }: Follower['ledger']): readonly number[] {
  const all = layers.map((_, index) => index);
  const own = all.slice(begun);
  return own.length > 0 ? ancestors(layers, own) : all;
}

/** What is returned, or what the object has been given. */
function modelOf(returned: Meaning, scope: Scope): ModelDraft | null {
  const self = scope.find('this')?.meaning;
  return modelIn(returned) ?? (self ? modelIn(self) : null);
}

/** A model of this builder that is no part of another. */
const isOwn = ({ applied, frame }: ModelDraft): boolean => applied === 0 && frame !== null;

/** Layers that stand elsewhere than the model itself are shown, and not edited. */
function reached(layer: PlacedLayer, { frame }: ModelDraft): PlacedLayer {
  const { draft, conditional } = layer;
  const isOnce = draft.frame === frame && !draft.repeated && (frame?.calls ?? 1) < 2;
  return conditional || isOnce ? layer : { ...layer, conditional: true, certain: true };
}
