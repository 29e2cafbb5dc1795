import type { FromGuest } from '../../../execution/protocol.ts';
import type { StudyData } from '../data/types.ts';
import { BuiltElsewhereError } from '../modelSource.ts';
import { handedOverIn, type HandedOver } from '../trained/handedOver.ts';
import type { FitLogs, Learner, Watch } from '../training/learner.ts';
import type { StudyEvaluator } from '../training/studyEvaluator.ts';
import type { EvaluationPart } from '../training/trainingData.ts';
import type { GuestLine, Say } from './guestLine.ts';
import { numbersOf } from './tensorsAsBytes.ts';
import { packForGuest } from './rowsAsBytes.ts';
import { openStreamedRows, type StreamedRows } from './streamedRows.ts';

type Fit = Omit<Extract<Say, { type: 'fit' }>, 'data' | 'type' | 'probe'>;
type Of<Type extends FromGuest['type']> = Extract<FromGuest, { type: Type }>;

/** Has the variant built and made ready; rejects with what is wrong with it. */
export async function remoteLearner(fit: Fit, data: StudyData, line: GuestLine): Promise<Learner> {
  const talk = new Talk(line, data);
  talk.begin(fit, 'train');
  const { parameters, prepared } = await talk.until('prepared');
  return {
    parameters,
    prepared: prepared as Learner['prepared'],
    trained: () => talk.trained(),
    fit: (watch) => talk.fit(watch),
    evaluate: (part, evaluator) => talk.evaluate(part, evaluator),
    times: async (mostMs) => {
      line.say({ type: 'times-wanted', seconds: mostMs / 1000 });
      return (await talk.until('times')).measures;
    },
    close: () => line.say({ type: 'go', stop: true, logs: {} }),
  };
}

/** Seconds of one training step of a variant whose code has to run. */
export async function remoteProbe(fit: Fit, data: StudyData, line: GuestLine): Promise<number> {
  const talk = new Talk(line, data);
  talk.begin(fit, 'probe');
  await talk.until('prepared');
  line.say({ type: 'go', stop: false, logs: {} });
  const { secondsPerStep } = await talk.until('fitted');
  return secondsPerStep ?? NaN;
}

/** Keys that only who measures may write. */
const MEASURED = /^(?:val_|test_|__)/;

class Talk {
  readonly #line: GuestLine;
  readonly #data: StudyData;
  /** Parts whose inputs the other side has. */
  readonly #given = new Set<EvaluationPart>();
  #streamed: StreamedRows | null = null;

  constructor(line: GuestLine, data: StudyData) {
    this.#line = line;
    this.#data = data;
  }

  begin(fit: Fit, what: 'train' | 'probe'): void {
    const { facts, bytes } = packForGuest(this.#data);
    this.#line.say({ type: 'fit', ...fit, data: facts, probe: what === 'probe' }, bytes);
  }

  /** The next message of a type; streamed rows are handed out on the way. */
  async until<Type extends FromGuest['type']>(type: Type): Promise<Of<Type>> {
    return (await this.#heard(type)).message;
  }

  async trained(): Promise<HandedOver> {
    this.#line.say({ type: 'weights-wanted' });
    return handedOverIn(await this.#heard('weights'));
  }

  async fit(watch: Watch): Promise<void> {
    this.#line.say({ type: 'go', stop: false, logs: {} });
    for (let epoch = 1; ; epoch += 1) {
      const { message } = await this.#next();
      if (message.type === 'fitted') return;
      if (message.type !== 'epoch-ended')
        throw new Error(`The variant's process said "${message.type}" while it trained.`);
      const stop = await watch.epochEnded(epoch, ownLogs(message.logs));
      this.#line.say({ type: 'go', stop, logs: {} });
    }
  }

  async evaluate(part: EvaluationPart, evaluator: Pick<StudyEvaluator, 'add'>): Promise<void> {
    const data = this.#data;
    if (data.kind === 'streams') return this.#evaluateStream(part, evaluator);
    const rows = data[part];
    if (!rows) throw new Error(`The ${part} part is sealed.`);
    const { inputs, targets } = rows;
    const isNew = !this.#given.has(part);
    this.#given.add(part);
    const shape = { shape: [inputs.length], dtype: 'float32' } as const;
    const asBytes = new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength);
    const question = { type: 'outputs-wanted', name: part, inputs: isNew ? [shape] : [] } as const;
    this.#line.say(question, isNew ? asBytes : undefined);
    evaluator.add(await this.#outputs(), targets);
  }

  async #evaluateStream(
    part: EvaluationPart,
    evaluator: Pick<StudyEvaluator, 'add'>,
  ): Promise<void> {
    const rows = await this.#rows();
    for await (const { inputs, targets } of rows.part(part)) {
      this.#line.say(
        { type: 'outputs-wanted', name: 'batch', inputs: inputs.arrays },
        inputs.bytes,
      );
      evaluator.add(await this.#outputs(), targets);
    }
  }

  async #outputs(): Promise<readonly ArrayLike<number>[]> {
    const { message, bytes } = await this.#line.hear();
    if (message.type === 'failed') throw new BuiltElsewhereError(message.failure);
    if (message.type !== 'outputs') throw new Error('Outputs were asked for.');
    return numbersOf({ arrays: message.outputs, bytes });
  }

  async #heard<Type extends FromGuest['type']>(
    type: Type,
  ): Promise<{ readonly message: Of<Type>; readonly bytes: Uint8Array }> {
    const { message, bytes } = await this.#next();
    if (message.type === type) return { message: message as Of<Type>, bytes };
    throw new Error(`The variant's process said "${message.type}" instead of "${type}".`);
  }

  async #next(): Promise<Awaited<ReturnType<GuestLine['hear']>>> {
    for (;;) {
      const heard = await this.#line.hear();
      const { message } = heard;
      if (message.type === 'failed') throw new BuiltElsewhereError(message.failure);
      if (message.type !== 'rows-wanted') return heard;
      const { arrays, bytes } = await (await this.#rows()).training(message.isFirst);
      this.#line.say({ type: 'rows', arrays }, bytes);
    }
  }

  async #rows(): Promise<StreamedRows> {
    this.#streamed ??= await openStreamedRows(this.#data);
    return this.#streamed;
  }
}

/** A variant's own word on its training; what is judged is measured here. */
const ownLogs = (logs: FitLogs): FitLogs =>
  Object.fromEntries(Object.entries(logs).filter(([key]) => !MEASURED.test(key)));
