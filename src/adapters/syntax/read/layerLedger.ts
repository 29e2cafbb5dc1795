import type { CallExpression, FunctionCode, Statement } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import type { CompileDraft, Draft, Frame, ModelDraft, PlacedLayer, Site } from './drafts.ts';
import { UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

/** A place that could not be followed, and why. */
export interface Missed {
  readonly span: Span;
  readonly why: string;
}

/**
 * What was met while a builder was followed: layers in the order data flows, `compile`, and whether
 * all could be followed.
 */
export class LayerLedger {
  readonly layers: PlacedLayer[] = [];
  readonly created: Draft[] = [];
  /** Every model that was begun, in order. */
  readonly models: ModelDraft[] = [];
  readonly misses: Missed[] = [];
  compile: CompileDraft | null = null;
  /** `false` once something was met that may add layers in a way Cortex cannot follow. */
  followed = true;
  /** Above 0 inside loops, branches and callbacks of which it is not known how often they run. */
  uncertain = 0;
  statement: Statement = { kind: 'other', span: { start: 0, end: 0 } };
  /** The function that is followed just now; `null` at the top of the file. */
  frame: Frame | null = null;
  /** How many layers were placed before the builder. */
  begun = 0;
  readonly #frames = new Map<string, Frame>();
  /** Above 0 inside loops that were unrolled. */
  #repeated = 0;
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

  /** Runs `work` as the rounds of a loop: a layer stands there once and is made several times. */
  repeatedly<T>(work: () => T): T {
    this.#repeated += 1;
    try {
      return work();
    } finally {
      this.#repeated -= 1;
    }
  }

  /** What was followed before the builder (its object's constructor) is no second use of it. */
  beginBuilder(): void {
    this.#frames.clear();
    this.begun = this.layers.length;
  }

  /**
   * The builder's own from here on: models without a layer that were made around it, for it to add
   * to (`this.model`).
   */
  adopt(): void {
    for (const model of this.models) {
      if (model.layers.length > 0 || model.kind !== 'sequential') continue;
      model.followed = true;
      model.frame = this.frame;
    }
  }

  /** Runs `work` as the body of a function, whose layers stand there. */
  inFrame<T>(code: FunctionCode, work: () => T): T {
    const outer = this.frame;
    const key = `${code.span.start}:${code.span.end}`;
    const frame = this.#frames.get(key) ?? { code, calls: 0 };
    this.#frames.set(key, frame);
    frame.calls += this.#repeated > 0 ? 2 : 1;
    this.frame = frame;
    try {
      return work();
    } finally {
      this.frame = outer;
    }
  }

  draft(draft: Omit<Draft, 'frame' | 'conditional' | 'repeated'>): Draft {
    const made: Draft = {
      ...draft,
      frame: this.frame,
      conditional: this.uncertain > 0,
      repeated: this.#repeated > 0,
    };
    this.created.push(made);
    return made;
  }

  place(draft: Draft, inputs: readonly number[], site: Site): Meaning {
    const again = this.#placed.has(draft);
    this.#placed.add(draft);
    const conditional = draft.conditional || this.uncertain > 0 || again;
    if (again) this.#shared(draft);
    this.layers.push({ draft, inputs, site, conditional });
    return { kind: 'tensor', layer: this.layers.length - 1 };
  }

  /** A placed layer once more, reading from elsewhere: a model that is applied within another. */
  copy(layer: PlacedLayer, inputs: readonly number[], isFirst: boolean): number {
    this.layers.push({ ...layer, inputs, conditional: layer.conditional || !isFirst });
    return this.layers.length - 1;
  }

  add(model: ModelDraft, draft: Draft, site: Site): void {
    const last = model.layers.at(-1);
    this.place(draft, last === undefined ? [] : [last], site);
    model.layers.push(this.layers.length - 1);
  }

  /**
   * Adds the layers that were made since `mark` and stand nowhere yet: those of `...units.map(…)`.
   */
  addLoose(model: ModelDraft, mark: number, span: Span): void {
    const loose = this.created.slice(mark).filter((draft) => !this.#placed.has(draft));
    if (loose.length === 0) this.lost(span, 'what is added here is not made in this file');
    this.uncertainly(() => {
      for (const draft of loose) this.add(model, draft, { kind: 'elsewhere' });
    });
  }

  applySite(span: Span, input: Extract<Site, { kind: 'apply' }>['input']): Site {
    return { kind: 'apply', statement: this.statement, span, input };
  }

  model(kind: ModelDraft['kind'], call: CallExpression): ModelDraft {
    const model: ModelDraft = {
      kind,
      call,
      statement: this.statement,
      frame: this.frame,
      layers: [],
      followed: this.uncertain === 0,
      applied: 0,
    };
    this.models.push(model);
    return model;
  }

  compiled(call: CallExpression): void {
    const editable = this.uncertain === 0 && this.#repeated === 0;
    this.compile = { call, editable, frame: this.frame, elsewhere: null };
  }

  lost(span: Span, why: string): Meaning {
    this.followed = false;
    this.missed(span, why);
    return UNKNOWN;
  }

  missed(span: Span, why: string): void {
    this.misses.push({ span, why });
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
