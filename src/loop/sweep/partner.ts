import type { LanguageModel } from '../../ports/languageModel.ts';
import { estimateTokens } from '../../propose/prompt/quote.ts';
import { formatNumber } from '../../record/format.ts';
import { sumOfCosts, type Cost } from '../../record/cost.ts';
import type { Exchange } from '../../record/proposalRecord.ts';
import { pointsPrompt } from '../../search/partner/pointsPrompt.ts';
import { pointsJsonSchema, readPoints } from '../../search/partner/readPoints.ts';
import type { Configuration } from '../../search/space/dimension.ts';
import type { Space } from '../../search/space/space.ts';
import type { Archive } from '../../search/sweep/archive.ts';
import { CortexError, timeSpentError } from '../../util/errors.ts';
import { plural } from '../../util/plural.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';

/** So many answers in a row that are of no use, and it is not asked again. */
const MOST_UNUSABLE = 2;

/** What a search waits for its partner's first answer, at most. */
const FIRST_SECONDS = 30;

interface Surroundings {
  readonly space: Space;
  readonly round: Round;
}

/**
 * A language model that takes part in a search: a source of suggestions that answers when it can,
 * while others go on. Whatever it answers becomes points of the space or nothing, and where it
 * cannot be asked, the search goes on without it and says why.
 */
export class SweepPartner {
  readonly name: string;
  /** What it was asked and answered. */
  readonly exchanges: Exchange[] = [];
  readonly #model: LanguageModel;
  readonly #around: Surroundings;
  readonly #ports: Pick<Ports, 'clock' | 'onEvent'>;
  readonly #end = new AbortController();
  readonly #costs: Cost[] = [];
  readonly #points: Configuration[] = [];
  #asking: Promise<void> | null = null;
  #unusable = 0;
  #isOpen = false;
  #isOut = false;
  #defect: unknown = null;

  constructor(model: LanguageModel, around: Surroundings, ports: Pick<Ports, 'clock' | 'onEvent'>) {
    this.name = model.name;
    this.#model = model;
    this.#around = around;
    this.#ports = ports;
  }

  /** What all of its answers took; `null` where there was none. */
  get cost(): Cost | null {
    return sumOfCosts(this.#costs);
  }

  /** Its next point; `null` while it has none, and it is asked for some where it may be. */
  suggest(archive: Archive): Configuration | null {
    if (this.#defect !== null) throw this.#defect;
    const point = this.#points.shift() ?? null;
    if (!point) this.#begin(archive);
    return point;
  }

  /** Asks it for the first time, so that its answer is there when its turn comes. */
  open(archive: Archive): void {
    if (!this.#isOpen) this.#begin(archive);
  }

  /** Comes when its question is answered, and no later than a search can wait. */
  async answered(signal: AbortSignal): Promise<void> {
    if (this.#asking === null || this.exchanges.length > 0) return;
    const limit = timeSpentError(FIRST_SECONDS / 60);
    const late = this.#ports.clock.deadline(FIRST_SECONDS * 1000, limit);
    await Promise.race([this.#asking, ended(AbortSignal.any([signal, late]))]);
  }

  /** Nothing is asked any more, and what is being asked is given up. */
  end(): void {
    this.#end.abort();
  }

  /** Asks, unless it is asked already. */
  #begin(archive: Archive): void {
    this.#isOpen = true;
    if (this.#asking !== null || this.#isOut || this.#end.signal.aborted) return;
    this.#asking = this.#ask(archive)
      .catch((error: unknown) => this.#leave(error))
      .finally(() => (this.#asking = null));
  }

  async #ask(archive: Archive): Promise<void> {
    const { round, space } = this.#around;
    const { system, question } = pointsPrompt(round, space, archive);
    const schema = pointsJsonSchema();
    if (this.exchanges.length === 0)
      this.#tell(beginText(this.#model, system + question + JSON.stringify(schema)));
    const { text, cost } = await this.#model.ask({
      ...{ system, schema, prompt: question },
      signal: AbortSignal.any([this.#end.signal, round.signal]),
      onText: () => undefined,
    });
    this.#costs.push(cost);
    this.exchanges.push({ model: this.name, prompt: question, answer: text });
    const read = readPoints(text, space, archive);
    if (read.ok) this.#points.push(...read.value);
    this.#unusable = read.ok ? 0 : this.#unusable + 1;
    if (read.ok || this.#unusable < MOST_UNUSABLE) return;
    this.#isOut = true;
    this.#tell(`${this.name} says nothing of use and is not asked again. ${read.error}`);
  }

  /** Cancelling is nothing to tell of, and after a defect a search does not go on. */
  #leave(error: unknown): void {
    this.#isOut = true;
    if (this.#end.signal.aborted || this.#around.round.signal.aborted) return;
    if (error instanceof CortexError && error.kind !== 'defect')
      this.#tell(`The search goes on without ${this.name}: ${error.happened}`);
    else this.#defect = error;
  }

  #tell(text: string): void {
    this.#ports.onEvent({ kind: 'notice', text });
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What an answer usually comes to; models that think at length use more. */
const ANSWER_TOKENS = 300;

function beginText({ name, price }: LanguageModel, sent: string): string {
  const tokens = estimateTokens(sent);
  const usd = price ? (tokens * price.input + ANSWER_TOKENS * price.output) / 1e6 : null;
  const money = usd === null ? 'its price is unknown' : `about $${formatNumber(usd)}`;
  return (
    `${name} takes part: it suggests at most 30 % of what is tried, less where that does not ` +
    `pay. A question takes some ${plural(tokens + ANSWER_TOKENS, 'token')}, ${money}.`
  );
}
