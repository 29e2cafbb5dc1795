/** How long a script trains its model, as far as its text says. */
export interface FitLengths {
  readonly epochs: number | null;
  readonly batchSize: number | null;
  /** 1-based, of the call of `fit` or the loop. */
  readonly line: number;
}

/** One length: the names of its argument, and its value where a `fit` is given none of them. */
interface Length {
  readonly names: readonly string[];
  readonly usual: number;
}

const EPOCHS: Length = { names: ['epochs', 'nb_epoch'], usual: 1 };
const BATCH: Length = { names: ['batchSize', 'batch_size'], usual: 32 };

const FIT = /\.fit(?:Dataset|_generator)?\s*\(/g;
/** `for epoch in range(1, EPOCHS + 1)`, whatever bar is wrapped around it. */
const LOOP =
  /\bfor\s+_?epoch\w*\s+in\s+(?:[\w.]+\()?range\(\s*(?:[01]\s*,\s*)?([\w.]+)(?:\s*\+\s*1)?\s*\)/;

/**
 * Reads the calls of `fit` in a training script, or the loop over epochs of its own, without
 * running it: literal numbers, and names to which the file gives one number. A length that it does
 * not say, or says in several ways, is `null`; so is all of it where nothing is trained.
 */
export function readFit(source: string): FitLengths | null {
  const text = source.replace(/^[ \t]*(?:#|\/\/).*$/gm, '');
  const calls = [...text.matchAll(FIT)].map(({ index, 0: { length } }) => ({
    given: argumentsAt(text, index + length),
    line: lineAt(text, index),
  }));
  const [first] = calls;
  if (!first) return readLoop(text);
  const read = (length: Length): number | null =>
    agreed(calls.map(({ given }) => readLength(given, text, length)));
  const ofDataset = /\.batch\(\s*([\w.]+)/.exec(text)?.[1];
  const saysBatch = calls.some(({ given }) => argumentIn(given, BATCH) !== null);
  const batchSize = ofDataset !== undefined && !saysBatch ? numberOf(ofDataset, text) : read(BATCH);
  return { epochs: read(EPOCHS), batchSize, line: first.line };
}

function readLoop(text: string): FitLengths | null {
  const loop = LOOP.exec(text);
  if (!loop) return null;
  return {
    epochs: numberOf(loop[1] ?? '', text),
    batchSize: onlyNumber(text, BATCH.names),
    line: lineAt(text, loop.index),
  };
}

function readLength(given: string, text: string, length: Length): number | null {
  const argument = argumentIn(given, length);
  if (argument !== null) return numberOf(argument, text);
  // What is spread, or stands in an object of its own behind the rows, may hold it.
  const isOpen = /\*\*|\.\.\.|,[^,]*,\s*[A-Za-z_][\w.]*\s*,?\s*$/.test(given);
  return isOpen ? onlyNumber(text, length.names) : length.usual;
}

/** The text of an argument's value: `50`, `EPOCHS`, `args.epochs`; `null` where it is not given. */
function argumentIn(given: string, { names }: Length): string | null {
  for (const name of names) {
    const value = new RegExp(`\\b${name}['"]?\\s*[:=]\\s*([\\w.]+)`).exec(given)?.[1];
    if (value !== undefined) return value;
    if (new RegExp(`[{,]\\s*${name}\\s*[,}]`).test(given)) return name;
  }
  return null;
}

/** A number as written, or the one number that the file gives to a name. */
function numberOf(written: string, text: string): number | null {
  if (/^\d[\d_]*$/.test(written)) return Number(written.replaceAll('_', ''));
  const name = /[A-Za-z_]\w*$/.exec(written)?.[0];
  return name === undefined ? null : onlyNumber(text, [name]);
}

/** `EPOCHS = 50`, `epochs: 50`, `epochs: int = 50`, `"epochs": 50`, `'--epochs', default=50`. */
function onlyNumber(text: string, names: readonly string[]): number | null {
  const values = names.flatMap((name) =>
    [
      new RegExp(`\\b${name}['"]?\\s*(?::\\s*\\w+\\s*)?[:=]\\s*(\\d[\\d_]*)\\b`, 'g'),
      new RegExp(
        `['"]--${name.replaceAll('_', '[-_]')}['"][^)]*?default\\s*=\\s*(\\d[\\d_]*)`,
        'g',
      ),
    ].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, value = '']) => Number(value.replaceAll('_', ''))),
    ),
  );
  return agreed(values);
}

const agreed = (values: readonly (number | null)[]): number | null =>
  new Set(values).size === 1 ? (values[0] ?? null) : null;

/** From behind an opening parenthesis to the one that closes it. */
function argumentsAt(text: string, start: number): string {
  let depth = 1;
  let end = start;
  while (end < text.length && depth > 0) {
    const character = text[end] ?? '';
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    end += 1;
  }
  return text.slice(start, end - 1);
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;
