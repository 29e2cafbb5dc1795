import type { Span, Statement } from '../code/code.ts';
import type { CompileDraft, Draft, ModelDraft, PlacedLayer, Site } from './drafts.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

/**
 * What was met while a builder was followed: layers in the order data flows, `compile`, and whether
 * all could be followed.
 */
export class LayerLedger {
  readonly layers: PlacedLayer[] = [];
  readonly created: Draft[] = [];
  compile: CompileDraft | null = null;
  /** `false` once something was met that may add layers in a way Cortex cannot follow. */
  followed = true;
  /** Above 0 inside loops, branches, callbacks and helper functions. */
  uncertain = 0;
  statement: Statement = { kind: 'other', span: { start: 0, end: 0 } };
  readonly #placed = new Set<Draft>();

  /** Runs `work` as code that may run not at all, or elsewhere. */
  uncertainly<T>(work: () => T): T {
    this.uncertain += 1;
    try {
      return work();
    } finally {
      this.uncertain -= 1;
    }
  }

  place(draft: Draft, inputs: readonly number[], site: Site): Meaning {
    const again = this.#placed.has(draft);
    this.#placed.add(draft);
    const conditional = draft.conditional || this.uncertain > 0 || again;
    if (again) this.#shared(draft);
    this.layers.push({ draft, inputs, site, conditional });
    return { kind: 'tensor', layer: this.layers.length - 1 };
  }

  add(model: ModelDraft, draft: Draft, site: Site): void {
    const last = model.layers.at(-1);
    this.place(draft, last === undefined ? [] : [last], site);
    model.layers.push(this.layers.length - 1);
  }

  /**
   * Adds the layers that were made since `mark` and stand nowhere yet: those of `...units.map(…)`.
   */
  addLoose(model: ModelDraft, mark: number): void {
    const loose = this.created.slice(mark).filter((draft) => !this.#placed.has(draft));
    if (loose.length === 0) this.followed = false;
    this.uncertainly(() => {
      for (const draft of loose) this.add(model, draft, { kind: 'elsewhere' });
    });
  }

  applySite(span: Span, input: Extract<Site, { kind: 'apply' }>['input']): Site {
    return { kind: 'apply', statement: this.statement, span, input };
  }

  lost(): Meaning {
    this.followed = false;
    return UNKNOWN;
  }

  /**
   * A layer that is applied twice has one set of weights: both places are shown, neither is edited.
   */
  #shared(draft: Draft): void {
    for (const [index, layer] of this.layers.entries()) {
      if (layer.draft === draft) this.layers[index] = { ...layer, conditional: true };
    }
  }
}
