import type { Expression } from '../code/tree.ts';
import type { CallPlace, Follow } from './follow.ts';
import { listOf, tensorsIn, unknown } from './values.ts';
import type { Py, Draft, Site, ModelDraft } from './py.ts';

/** The layers of `outputs` and all that they depend on, in order. */
export function ancestors(
  layers: readonly { readonly inputs: readonly number[] }[],
  outputs: readonly number[],
): readonly number[] {
  const reached = new Set<number>();
  const waiting = outputs.filter((output) => output >= 0);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (reached.has(index)) continue;
    reached.add(index);
    waiting.push(...(layers[index]?.inputs ?? []));
  }
  return [...reached].sort((a, b) => a - b);
}

/** Puts layers and models on tensors. */
export class ModelApplier {
  readonly #follow: Follow;

  constructor(follow: Follow) {
    this.#follow = follow;
  }

  /** `layer(inputs)`; a recurrent layer of PyTorch gives its sequence and its state. */
  layer(draft: Draft, inputs: readonly number[], { call, given }: CallPlace): Py {
    const { ledger } = this.#follow;
    const written: Expression | null = given.positional[0]?.argument?.value ?? null;
    return outputsOf(draft, ledger.place(draft, inputs, ledger.applied(call.span, written)));
  }

  model(model: ModelDraft, inputs: readonly number[], place: CallPlace): Py {
    return model.kind === 'sequential'
      ? this.chain(model, inputs, place)
      : this.#graph(model, inputs);
  }

  /** One item after the other; an input that the model states itself counts where none is given. */
  chain(model: ModelDraft, inputs: readonly number[], place: CallPlace): Py {
    let current: Py | null = null;
    for (const { value, site } of model.items) {
      const reads: readonly number[] = current === null ? inputs : tensorsIn(current);
      const starts = current === null && inputs.every((input) => input < 0);
      const next = this.#item(value, { site, reads, starts }, place);
      current = next ?? current;
    }
    return current ?? listOfInputs(inputs);
  }

  #item(
    value: Py,
    { site, reads, starts }: { site: Site; reads: readonly number[]; starts: boolean },
    place: CallPlace,
  ): Py | null {
    const { ledger } = this.#follow;
    if (value.kind === 'tensor') return starts ? ledger.putInto(value, site) : null;
    if (value.kind !== 'layer') return this.#follow.apply(value, reads, place);
    if (value.draft.type === 'inputLayer' && !starts) return null;
    const tensor = ledger.place(value.draft, reads, site);
    return value.draft.outputs === 'one' ? tensor : outputsOf(value.draft, tensor);
  }

  /** The graph of a functional model once more, from what it is given. */
  #graph(model: ModelDraft, inputs: readonly number[]): Py {
    const { ledger } = this.#follow;
    const moved = new Map<number, number>();
    for (const [index, input] of model.inputs.entries()) {
      const given = inputs[index];
      if (given !== undefined) moved.set(input, given);
    }
    for (const index of ancestors(ledger.layers, model.outputs)) {
      const layer = ledger.layers[index];
      if (!layer || moved.has(index)) continue;
      const reads = layer.inputs.map((input) => moved.get(input) ?? input);
      moved.set(index, ledger.place(layer.draft, reads, layer.site).layer);
    }
    const outputs: Py[] = model.outputs.map((output) => ({
      kind: 'tensor',
      layer: moved.get(output) ?? output,
    }));
    const [first] = outputs;
    return outputs.length === 1 && first ? first : listOf(outputs);
  }
}

function outputsOf(draft: Draft, tensor: Py): Py {
  if (draft.outputs === 'one') return tensor;
  const state = draft.type === 'lstm' ? listOf([tensor, tensor], 'tuple') : tensor;
  return listOf([tensor, state], 'tuple');
}

function listOfInputs(inputs: readonly number[]): Py {
  const [first] = inputs;
  return first === undefined ? unknown('an empty model') : { kind: 'tensor', layer: first };
}
