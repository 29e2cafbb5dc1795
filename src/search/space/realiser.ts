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

type State = Pick<
  SearchState,
  'study' | 'model' | 'architecture' | 'diagnosis' | 'data' | 'parent' | 'focus'
>;

/** Writes configurations into the builder they were read from. */
export class Realiser {
  readonly #state: State;
  readonly #builder: BuilderSpace;
  readonly #syntax: ModelSyntax;

  constructor(state: State, builder: BuilderSpace, syntax: ModelSyntax) {
    this.#state = state;
    this.#builder = builder;
    this.#syntax = syntax;
  }

  /** Static costs are looked at here: what cannot fit is never built. */
  realise(values: Configuration): Realised | Unfit {
    const written = this.#writeAll(values);
    return 'unfit' in written ? written : this.#weigh(written);
  }

  /** Whatever it costs. */
  canWrite(values: Configuration): boolean {
    return !('unfit' in this.#writeAll(values));
  }

  #writeAll(values: Configuration): Written | Unfit {
    const { model, architecture } = this.#state;
    let now: Written = { text: model.text, architecture };
    for (const levers of this.#builder.stages) {
      const edits = levers.flatMap((lever) => lever.edits(values, this.#context(now)));
      if (edits.length === 0) continue;
      const written = this.#write(now, edits);
      if ('unfit' in written) return written;
      now = written;
    }
    return now;
  }

  #context({ text, architecture }: Written): OperatorContext {
    return openContext({ ...this.#state, model: { ...this.#state.model, text }, architecture });
  }

  #write(
    { text, architecture }: Written,
    edits: Parameters<ModelSyntax['write']>[2],
  ): Written | Unfit {
    const { study, model } = this.#state;
    const written = this.#syntax.write(text, architecture, edits);
    if (!written.ok) return { unfit: written.error.happened };
    const read = this.#syntax.read(written.value, model.language, study.config);
    if (!read.ok) return { unfit: read.error.happened };
    return { text: written.value, architecture: read.value };
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

interface Written {
  readonly text: string;
  readonly architecture: Architecture;
}
