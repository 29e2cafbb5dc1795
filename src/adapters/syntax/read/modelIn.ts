import type { ModelDraft } from './drafts.ts';
import type { Meaning } from './scope.ts';

/** The model that a meaning is, or holds; `null` where there is none. */
export function modelIn(meaning: Meaning): ModelDraft | null {
  if (meaning.kind === 'model') return meaning.model;
  if (meaning.kind === 'list') return meaning.items.map(modelIn).find((one) => one) ?? null;
  if (meaning.kind === 'object') return meaning.model ?? modelOfFields(meaning.fields);
  return meaning.kind === 'record' ? modelOfRecord(meaning) : null;
}

/** Of several models those that are made here: one that was saved stands in for them. */
export function madeHere(models: readonly ModelDraft[]): readonly ModelDraft[] {
  const made = models.filter((model) => !isLoaded(model));
  return made.length > 0 ? made : models;
}

/** A model that comes out of a file as it is. */
export const isLoaded = ({ call: { callee } }: ModelDraft): boolean =>
  callee.kind === 'member'
    ? /^load(Layers|Graph)Model$/.test(callee.property)
    : callee.kind === 'name' && /^load(Layers|Graph)Model$/.test(callee.name);

/** `this.model` before any other field. */
function modelOfFields(fields: ReadonlyMap<string, Meaning>): ModelDraft | null {
  const own = fields.get('model');
  const found = [...(own ? [own] : []), ...fields.values()];
  return found.flatMap((one) => (one.kind === 'model' ? [one.model] : []))[0] ?? null;
}

/** `return { model, history }`. */
function modelOfRecord({
  expression,
  scope,
}: Extract<Meaning, { kind: 'record' }>): ModelDraft | null {
  const meanings = expression.entries.flatMap(({ value }) =>
    value.kind === 'name' ? [scope.find(value.name)?.meaning] : [],
  );
  return meanings.flatMap((one) => (one?.kind === 'model' ? [one.model] : []))[0] ?? null;
}
