import type { InferredShape } from '../../../../model/lens/shape.ts';
import { outputShape } from '../../../../model/lens/shapes.ts';
import type { Span } from '../../code/span.ts';
import type { Statement } from '../code/tree.ts';
import type { Obstacle, PlacedLayer } from './reading.ts';
import type { Py, InstanceValue, Framework, Draft, Site, ModelDraft } from './py.ts';

/** A placed layer before it is known what else its source stands for. */
export type Placing = Omit<PlacedLayer, 'conditional' | 'reuses'>;

/** A model that was made, whether by the library or by a class of the file. */
export type Made = { readonly kind: 'model'; readonly model: ModelDraft } | InstanceValue;

/** What is met while code is followed: layers in the order data flows, models, obstacles. */
export class Ledger {
  readonly layers: Placing[] = [];
  readonly made: Made[] = [];
  readonly obstacles: Obstacle[] = [];
  drafts = 0;
  /** Above 0 where it is not known whether the code runs. */
  uncertain = 0;
  statement: Statement = { kind: 'other', span: { start: 0, end: 0 } };
  readonly #shapes: InferredShape[] = [];

  uncertainly<T>(work: () => T): T {
    this.uncertain += 1;
    try {
      return work();
    } finally {
      this.uncertain -= 1;
    }
  }

  draft(
    framework: Framework,
    made: Pick<Draft, 'type' | 'span' | 'call' | 'arguments'> & Partial<Draft>,
  ): Draft {
    this.drafts += 1;
    return {
      outputs: 'one',
      ...made,
      framework,
      statement: this.statement,
      uncertain: this.uncertain > 0,
    };
  }

  place(draft: Draft, inputs: readonly number[], site: Site): Extract<Py, { kind: 'tensor' }> {
    const uncertain = draft.uncertain || this.uncertain > 0;
    this.layers.push({ draft, inputs: inputs.filter((input) => input >= 0), site, uncertain });
    return { kind: 'tensor', layer: this.layers.length - 1 };
  }

  /** An input that was made before it was put into a sequential model. */
  putInto(input: Extract<Py, { kind: 'tensor' }>, site: Site): Py {
    const placed = this.layers[input.layer];
    if (placed?.draft.type === 'inputLayer') this.layers[input.layer] = { ...placed, site };
    return input;
  }

  /** A function without weights that Cortex knows no layer for. */
  operation(
    of: string,
    inputs: readonly number[],
    place: { span: Span; framework: Framework },
  ): Py {
    const range = { ...place.span, startLine: 0, endLine: 0 };
    const draft = this.draft(place.framework, {
      type: 'operation',
      span: place.span,
      call: null,
      arguments: [{ name: 'of', value: { kind: 'string', value: of }, constant: null, range }],
    });
    return this.place(draft, inputs, this.applied(place.span, null));
  }

  applied(span: Span, input: Extract<Site, { kind: 'apply' }>['input']): Site {
    return { kind: 'apply', statement: this.statement, span, input };
  }

  obstacle(span: Span, why: string): void {
    if (!this.obstacles.some((known) => known.span.start === span.start && known.why === why))
      this.obstacles.push({ span, why });
  }

  newModel(kind: ModelDraft['kind'], rest: Partial<ModelDraft>): ModelDraft {
    return {
      framework: 'keras',
      call: null,
      statement: this.statement,
      items: [],
      inputs: [],
      outputs: [],
      compile: null,
      ...rest,
      kind,
    };
  }

  /** The output shape of a placed layer, as far as the source tells. */
  shapeOf(layer: number): InferredShape {
    for (let index = this.#shapes.length; index <= layer; index += 1) {
      const placed = this.layers[index];
      this.#shapes.push(placed ? this.#infer(placed) : 'unknown');
    }
    return this.#shapes[layer] ?? 'unknown';
  }

  #infer({ draft, inputs }: Placing): InferredShape {
    const range = { start: 0, end: 0, startLine: 0, endLine: 0 };
    const layer = {
      index: 0,
      type: draft.type,
      arguments: draft.arguments,
      range,
      inputs,
      conditional: false,
    };
    return outputShape(
      layer,
      inputs.map((input) => this.#shapes[input] ?? 'unknown'),
    );
  }
}
