import { taskUnfit, textTooShort } from './errors.ts';
import type { TextSample } from './sample.ts';
import type { Note, TextSurvey } from './survey.ts';
import type { Asked } from './surveyTable.ts';

const FEWEST = 1000;
/** Rarer characters and words count as one. */
const MOST = { characters: 120, words: 2000 };
const WINDOW = { characters: 32, words: 16 };
/** Characters or words of a first model: more take longer than a first try should. */
export const MOST_UNITS = 60_000;

/** Stands for everything that is not in the vocabulary. */
const UNKNOWN = '\uFFFD';

/** What a text is made of, for a model that foretells how it goes on. Throws `input` errors. */
export function surveyText(sample: TextSample, asked: Asked): TextSurvey {
  const { path, isWhole, encoding, text } = sample;
  const task = asked.task ?? 'characters';
  if (task !== 'characters' && task !== 'words')
    throw taskUnfit(task, 'a text', ['characters', 'words']);
  const units = unitsOf(text, task);
  if (units.length < FEWEST) throw textTooShort(path, units.length, task);
  const { vocabulary, rare } = vocabularyOf(units.slice(0, MOST_UNITS), MOST[task]);
  const used = Math.min(units.length, MOST_UNITS);
  return {
    ...{ kind: 'text', task, path, isWhole, encoding, vocabulary },
    length: used,
    window: WINDOW[task],
    rows: Math.floor(used / WINDOW[task]),
    notes: notesOn(sample, { all: units.length, used, rare, task }),
  };
}

/** Characters, or words with the signs between them, in small letters. */
const unitsOf = (text: string, task: TextSurvey['task']): readonly string[] =>
  task === 'characters'
    ? [...text.replaceAll('\r\n', '\n')]
    : (text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []);

function vocabularyOf(units: readonly string[], most: number) {
  const counts = new Map<string, number>();
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const kept = sorted.slice(0, most - 1).map(([unit]) => unit);
  const vocabulary = [UNKNOWN, ...kept.filter((unit) => unit !== UNKNOWN)];
  return { vocabulary, rare: sorted.length - kept.length };
}

interface Counted {
  readonly all: number;
  readonly used: number;
  readonly rare: number;
  readonly task: TextSurvey['task'];
}

function notesOn({ isWhole }: TextSample, { all, used, rare, task }: Counted): readonly Note[] {
  const info = (text: string): Note => ({ severity: 'info', text });
  return [
    ...(isWhole ? [] : [info('The file is large: this is told by its beginning.')]),
    ...(used < all
      ? [
          info(
            `The first ${used.toLocaleString('en')} ${task} are used; raise MOST in the data ` +
              'module for more.',
          ),
        ]
      : []),
    ...(rare > 0 ? [info(`${rare} rare ${task} count as one.`)] : []),
    info('The text is cut into parts in its own order: what is tested comes after all else.'),
  ];
}
