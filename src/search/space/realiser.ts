import type { Architecture } from '../../model/architecture.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { ModelSyntax } from '../../ports/modelSyntax.ts';
import type { SearchState } from '../../ports/searcher.ts';
import { networkOf } from '../../propose/operators/network.ts';
import { openContext, type OperatorContext } from '../../propose/operators/operatorContext.ts';
import { isSoundChange } from '../../propose/operators/soundness.ts';
import { objectivesOf } from '../../record/objectives.ts';
import { brokenLimits, limitText } from '../../study/objective.ts';
import type { Configuration } from './dimension.ts';
import { writeMarks } from '../marks/mark.ts';
import type { BuilderSpace } from './readSpace.ts';

/** A configuration as source text. */
export interface Realised {
  readonly text: string;
  readonly fingerprint: string;
  /** `null`: cannot be counted from the source. */
  readonly parameters: number | null;
}

/** A configuration that is not worth building, and why in a clause. */
export interface Unfit {
  readonly unfit: string;
}

/** What a space is read from. */
export type SpaceState = Pick<
  SearchState,
  'study' | 'model' | 'architecture' | 'diagnosis' | 'data' | 'parent' | 'focus'
>;

/** Writes configurations into the builder they were read from. */
export class Realiser {
  readonly #state: SpaceState;
  readonly #builder: BuilderSpace;
  readonly #syntax: ModelSyntax;

  constructor(state: SpaceState, builder: BuilderSpace, syntax: ModelSyntax) {
    this.#state = state;
    this.#builder = builder;
    this.#syntax = syntax;
  }

  /** Static costs are looked at here: what cannot fit is never built. */
  realise(values: Configuration): Realised | Unfit {
    const written = this.write(values);
    return 'unfit' in written ? written : this.#weigh(written);
  }

  /** Whatever it costs. */
  write(values: Configuration): Written | Unfit {
    const marked = this.#marked(values);
    if ('unfit' in marked) return marked;
    let now: Written = marked;
    for (const levers of this.#builder.stages) {
      const edits = levers.flatMap((lever) => lever.edits(values, this.#context(now)));
      if (edits.length === 0) continue;
      const written = this.#write(now, edits);
      if ('unfit' in written) return written;
      now = written;
    }
    return now;
  }

  #marked(values: Configuration): Written | Unfit {
    const { model, architecture } = this.#state;
    const text = writeMarks(model.text, this.#builder.marks, values);
    return text === model.text ? { text, architecture } : this.#read(text);
  }

  #context({ text, architecture }: Written): OperatorContext {
    return openContext({ ...this.#state, model: { ...this.#state.model, text }, architecture });
  }

  #write(
    { text, architecture }: Written,
    edits: Parameters<ModelSyntax['write']>[2],
  ): Written | Unfit {
    const written = this.#syntax.write(text, architecture, edits);
    return written.ok ? this.#read(written.value) : { unfit: written.error.happened };
  }

  #read(text: string): Written | Unfit {
    const { study, model } = this.#state;
    const read = this.#syntax.read(text, model.language, study.config);
    return read.ok ? { text, architecture: read.value } : { unfit: read.error.happened };
  }

  #weigh({ text, architecture }: Written): Realised | Unfit {
    const { study, data } = this.#state;
    const before = this.#context({
      text: this.#state.model.text,
      architecture: this.#state.architecture,
    });
    const { parameters } = networkOf(architecture, data);
    if (!isSoundChange(before, architecture))
      return { unfit: 'its shapes do not fit, or it is over the limit of parameters' };
    const broken =
      parameters === null ? [] : brokenLimits({ parameters }, objectivesOf(study.config));
    const [limit] = broken;
    return limit
      ? { unfit: `${limit.metric} ${String(parameters)}, ${limitText(limit)} allowed` }
      : { text, fingerprint: fingerprint(architecture), parameters };
  }
}

/** A text and what it builds. */
export interface Written {
  readonly text: string;
  readonly architecture: Architecture;
}
