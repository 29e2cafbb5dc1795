import type { CallExpression, Expression, ListExpression } from '../code/code.ts';
import { itemsOf } from './compute.ts';
import type { CodeFollower } from './codeFollower.ts';
import type { ModelDraft, PlacedLayer, Site } from './drafts.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning, Scope } from './scope.ts';
import { ancestors } from './ancestors.ts';

/** Follows how models are put together, and models within models. */
export class ModelFollower {
  readonly #follower: CodeFollower;

  constructor(follower: CodeFollower) {
    this.#follower = follower;
  }

  /** `{ layers: [...] }`, a list, or – PyTorch – the layers as arguments. */
  sequential(call: CallExpression, scope: Scope): Meaning {
    const model = this.#follower.ledger.model('sequential', call);
    const named = argumentNamed(call, 'layers');
    const positional = call.arguments
      .filter(({ name, value }) => name === null && value.kind !== 'object')
      .map(({ value }) => value);
    for (const list of named ? [named] : positional) {
      if (list.kind === 'list') this.#items(model, list, scope);
      else this.#item(model, list, { site: { kind: 'elsewhere' }, scope });
    }
    return { kind: 'model', model };
  }

  functional(call: CallExpression, scope: Scope): Meaning {
    const model = this.#follower.ledger.model('functional', call);
    const outputs = argumentNamed(call, 'outputs') ?? call.arguments[1]?.value;
    const meaning = outputs ? this.#follower.evaluate(outputs, scope) : UNKNOWN;
    const tensors = tensorsOf(meaning);
    if (tensors === null) this.#unread(model, outputs ?? call);
    model.layers.push(...(tensors ?? []));
    return { kind: 'model', model };
  }

  /** A model whose layers are in a file of weights: one layer that is not looked into. */
  loaded(call: CallExpression): Meaning {
    const { ledger } = this.#follower;
    const draft = ledger.draft({ type: 'loadedModel', span: call.span, call, arguments: [] });
    const model = ledger.model('functional', call);
    ledger.missed(call.span, 'what is loaded here is seen only when it is built');
    const site = ledger.applySite(call.span, null);
    const placed = ledger.uncertainly(() => ledger.place(draft, [], site));
    if (placed.kind === 'tensor') model.layers.push(placed.layer);
    return { kind: 'model', model };
  }

  add(call: CallExpression, model: ModelDraft, scope: Scope): void {
    const { statement } = this.#follower.ledger;
    const item = call.arguments[0]?.value;
    const alone = statement.kind === 'expression' && statement.value === call;
    const site: Site = alone ? { kind: 'add', statement, call } : { kind: 'elsewhere' };
    if (item) this.#item(model, item, { site, scope });
  }

  /** A model that is applied to a tensor: its layers, reading from there. */
  apply(model: ModelDraft, inputs: readonly number[]): Meaning {
    const outputs = this.#copied(model, inputs);
    const [last] = outputs;
    if (last === undefined) return UNKNOWN;
    return outputs.length === 1
      ? { kind: 'tensor', layer: last }
      : { kind: 'list', items: outputs.map((layer) => ({ kind: 'tensor', layer })) };
  }

  /** `model.outputs`, `model.layers`. */
  part(model: ModelDraft, property: string): Meaning {
    const { layers } = this.#follower.ledger;
    const last = model.kind === 'sequential' ? model.layers.slice(-1) : model.layers;
    const all = model.kind === 'sequential' ? model.layers : ancestors(layers, model.layers);
    const inputs = all.filter((index) => layers[index]?.inputs.length === 0);
    const found = property === 'layers' ? all : property.startsWith('input') ? inputs : last;
    const items = found.map((layer): Meaning => ({ kind: 'tensor', layer }));
    return /s$/.test(property) ? { kind: 'list', items } : (items[0] ?? UNKNOWN);
  }

  #unread(model: ModelDraft, { span }: Expression): void {
    model.followed = false;
    this.#follower.ledger.missed(span, 'the outputs come from something that is not followed');
  }

  #items(model: ModelDraft, list: ListExpression, scope: Scope): void {
    for (const [index, item] of list.items.entries())
      this.#item(model, item, { site: { kind: 'item', list, index }, scope });
  }

  /** One layer given to a sequential model. */
  #item(model: ModelDraft, item: Expression, { site, scope }: { site: Site; scope: Scope }): void {
    const { ledger } = this.#follower;
    const mark = ledger.created.length;
    const layer = this.#follower.evaluate(item, scope);
    const items = itemsOf(layer) ?? [];
    const nested = nestedIn(layer);
    if (layer.kind === 'factory') return ledger.add(model, layer.draft, site);
    if (nested) return this.#nest(model, nested);
    if (layer.kind === 'tensor') return void model.layers.push(layer.layer);
    if (items.length === 0) return ledger.addLoose(model, mark, item.span);
    for (const inner of items) this.#known(model, inner, item);
  }

  #nest(model: ModelDraft, inner: ModelDraft): void {
    const last = model.layers.at(-1);
    model.layers.push(...this.#copied(inner, last === undefined ? [] : [last], 'all'));
  }

  /** A layer out of a list that stands elsewhere. */
  #known(model: ModelDraft, layer: Meaning, { span }: Expression): void {
    if (layer.kind === 'factory')
      this.#follower.ledger.add(model, layer.draft, { kind: 'elsewhere' });
    else if (layer.kind === 'model') this.#nest(model, layer.model);
    else this.#follower.ledger.lost(span, 'an item of this list is no layer of this file');
  }

  /** Copies of a model's layers behind `inputs`; gives the copies of its outputs. */
  #copied(
    model: ModelDraft,
    inputs: readonly number[],
    give: 'outputs' | 'all' = 'outputs',
  ): number[] {
    const { ledger } = this.#follower;
    const { kept, outputs } = this.#extentOf(model);
    const copies = new Map<number, number>();
    const waiting = [...inputs];
    for (const index of kept) {
      const layer = ledger.layers[index];
      const given = layer?.inputs.length === 0 ? waiting.shift() : undefined;
      const copy = layer && this.#copy(layer, { given, copies, isFirst: model.applied === 0 });
      if (copy !== undefined) copies.set(index, copy);
    }
    model.applied += 1;
    const found = (give === 'all' ? kept : outputs).flatMap((index) => copies.get(index) ?? []);
    return give === 'all' ? found.filter((index) => !inputs.includes(index)) : found;
  }

  #extentOf({ kind, layers }: ModelDraft): { kept: number[]; outputs: number[] } {
    if (kind === 'sequential') return { kept: [...layers], outputs: layers.slice(-1) };
    return { kept: ancestors(this.#follower.ledger.layers, layers), outputs: [...layers] };
  }

  #copy(
    layer: PlacedLayer,
    place: { given: number | undefined; copies: ReadonlyMap<number, number>; isFirst: boolean },
  ): number {
    const { ledger } = this.#follower;
    if (place.given !== undefined && layer.draft.type === 'inputLayer') return place.given;
    const inputs =
      place.given === undefined
        ? layer.inputs.flatMap((input) => place.copies.get(input) ?? [])
        : [place.given];
    return ledger.copy(layer, inputs, place.isFirst);
  }
}

const nestedIn = (layer: Meaning): ModelDraft | null =>
  layer.kind === 'object' || layer.kind === 'model' ? layer.model : null;

/** An argument by its keyword, or by its key in the configuration object. */
function argumentNamed(call: CallExpression, name: string): Expression | undefined {
  const keyword = call.arguments.find((argument) => argument.name === name)?.value;
  const config = call.arguments[0]?.value;
  return (
    keyword ??
    (config?.kind === 'object' ? config.entries.find(({ key }) => key === name)?.value : undefined)
  );
}

/** The layers whose outputs these are; `null` where one is not known. */
export function tensorsOf(meaning: Meaning): number[] | null {
  if (meaning.kind === 'tensor') return [meaning.layer];
  if (meaning.kind !== 'list') return null;
  const items = meaning.items.map(tensorsOf);
  return items.every((item) => item !== null) ? items.flat() : null;
}
