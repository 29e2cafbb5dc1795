import type { StartLanguage } from '../baseBuilder.ts';
import { MOST_WORDS } from '../firstForSequences.ts';
import type { Structure, TableSurvey } from '../survey.ts';
import { inLines, javaScriptKey, javaScriptOf, javaScriptValue } from './code.ts';
import { plannedColumns } from './columnPlan.ts';
import {
  COLUMNS_TO_NUMBERS,
  NUMBERS,
  READ_PARTS,
  READ_ROWS,
  READ_WHOLE,
} from './javaScriptParts.ts';

/** `loadData` for a table, in TypeScript or JavaScript; `file` is relative to the module. */
export function javaScriptTable(
  survey: TableSurvey,
  file: string,
  language: StartLanguage,
): string {
  const { structure, encoding, isWhole } = survey;
  const parts = [
    opening(survey, file),
    load(survey),
    isWhole ? READ_WHOLE(encoding) : READ_PARTS(encoding),
    READ_ROWS,
    NUMBERS,
    ...(structure.kind === 'words' ? [WORDS] : []),
    ...(structure.kind === 'words' || structure.kind === 'series' ? [] : [COLUMNS_TO_NUMBERS]),
  ];
  return javaScriptOf(parts.join(''), language);
}

function opening(survey: TableSurvey, file: string): string {
  const { target, separator, heading, hasHeading, isWhole } = survey;
  const names = isWhole ? 'readFileSync' : 'closeSync, fstatSync, openSync, readSync';
  return `import { ${names} } from 'node:fs';

/**
 * ${file} as numbers. Cortex wrote this after a look at the file; it is yours to change.
 */
const FILE = new URL(${javaScriptValue(encodeURI(file))}, import.meta.url);
const SEPARATOR = ${javaScriptValue(separator)};
const TARGET = ${javaScriptValue(target.name)};
${hasHeading ? '' : headingText(heading)}`;
}

const headingText = (heading: readonly string[]): string =>
  `/** The file has no line of headings. */\nconst HEADING = ${javaScriptValue(heading)};\n`;

/** Rows with a target, each once: repeated ones would be known by heart in the test part. */
const rowsText = ({ hasHeading, structure }: TableSurvey): string => `
/** Rows that have a target${structure.kind === 'series' ? ', in their order' : ', each once'}. */
function rowsWithTarget()«: Record<string, string>[]» {
  const all = rowsOf(readText().replace(/^\\uFEFF/, ''));
  const [heading = [], ...rows] = ${hasHeading ? 'all' : '[HEADING, ...all]'};
  const seen = new Set«<string>»();
  return rows
    .filter((row) => {
      const key = row.join('\\0');
      const isNew = ${structure.kind === 'series' ? 'true' : '!seen.has(key)'};
      seen.add(key);
      return isNew && row.length === heading.length;
    })
    .map((row) => Object.fromEntries(heading.map((name, place) => [name, row[place] ?? ''])))
    .filter((row) => !NOTHING.has((row[TARGET] ?? '').toLowerCase()));
}
`;

function load(survey: TableSurvey): string {
  switch (survey.structure.kind) {
    case 'series':
      return series(survey, survey.structure);
    case 'words':
      return words(survey, survey.structure);
    default:
      return flat(survey);
  }
}

const targetText = ({ task }: TableSurvey): string =>
  task === 'classification' ? "row[TARGET] ?? ''" : "numberOf(row[TARGET] ?? '') ?? 0";

const HOW = `«
interface How {
  readonly kind: 'number' | 'category' | 'date';
  /** Stands where a number is missing. */
  readonly fill?: number;
  readonly values?: readonly string[];
}
»`;

function flat(survey: TableSurvey): string {
  const columns = plannedColumns(survey).map(
    ({ name, how }) => `${javaScriptKey(name)}: ${javaScriptValue(how)}`,
  );
  return `${HOW}
/** How each column becomes numbers; those that are not named are left out. */
const COLUMNS«: Record<string, How>» = {${inLines(columns, '  ')}};

/** What the model is trained on; Cortex deals the rows out. */
export function loadData() {
  const rows = rowsWithTarget();
  return {
    inputs: rows.map((row) =>
      ${shaped(survey.structure, NUMBERS_OF_ROW)},
    ),
    targets: rows.map((row) => ${targetText(survey)}),
    task: '${survey.task}',
  };
}
${rowsText(survey)}${shaper(survey.structure)}`;
}

const NUMBERS_OF_ROW =
  "Object.entries(COLUMNS).flatMap(([name, how]) => read(row[name] ?? '', how))";

const shaped = (structure: Structure, values: string): string =>
  structure.kind === 'image' || structure.kind === 'sequence' ? `inShape(${values})` : values;

function shaper(structure: Structure): string {
  if (structure.kind === 'sequence')
    return `
/** Steps of one number each. */
const inShape = (values«: number[]») => values.map((value) => [value]);
`;
  if (structure.kind !== 'image') return '';
  const [height, width] = structure.shape;
  return `
/** Rows and columns of points of one number each. */
const inShape = (values«: number[]») =>
  Array.from({ length: ${height} }, (_, row) =>
    values.slice(row * ${width}, (row + 1) * ${width}).map((value) => [value]),
  );
`;
}

function series(survey: TableSurvey, { window }: Extract<Structure, { kind: 'series' }>): string {
  const others = survey.columns.filter(({ use }) => use === 'number').map(({ name }) => name);
  return `
/** The target's own past comes first, then what was measured beside it. */
const COLUMNS = ${javaScriptValue([survey.target.name, ...others])};
/** So many past rows tell the next value. */
const WINDOW = ${window};

/** The past is trained on, what is judged by comes after it, the sealed part last. */
export function loadData() {
  const rows = rowsWithTarget();
  const values = rows.map((row) => COLUMNS.map((name) => numberOf(row[name] ?? '') ?? 0));
  const examples = values.slice(WINDOW).map((next, start) => ({
    inputs: values.slice(start, start + WINDOW),
    target: next[0] ?? 0,
  }));
  const part = (from«: number», to«: number») => {
    const own = examples.slice(examples.length * from, examples.length * to);
    return { inputs: own.map(({ inputs }) => inputs), targets: own.map(({ target }) => target) };
  };
  return {
    train: part(0, 0.7),
    validation: part(0.7, 0.85),
    test: part(0.85, 1),
    task: 'regression',
  };
}
${rowsText(survey)}`;
}

function words(
  survey: TableSurvey,
  { column, length }: Extract<Structure, { kind: 'words' }>,
): string {
  return `
const TEXT = ${javaScriptValue(column)};
/** Words of a text that are read; shorter ones are filled up with 0. */
const LENGTH = ${length};
/** Words that are told apart: 0 stands for none, 1 for every other. */
const WORDS = ${MOST_WORDS};

/** What the model is trained on; Cortex deals the rows out. */
export function loadData() {
  const rows = rowsWithTarget();
  const texts = rows.map((row) => wordsOf(row[TEXT] ?? ''));
  const places = placesOf(texts.flat());
  return {
    inputs: texts.map((text) =>
      Array.from({ length: LENGTH }, (_, at) => numberOfWord(text[at], places)),
    ),
    targets: rows.map((row) => ${targetText(survey)}),
    task: '${survey.task}',
  };
}
${rowsText(survey)}`;
}

const WORDS = `
/** 0 behind the end of a text. */
const numberOfWord = (word«: string | undefined», places«: Map<string, number>»)«: number» =>
  word === undefined ? 0 : (places.get(word) ?? 1);

/** Words in small letters, and signs between them. */
const wordsOf = (text«: string»)«: string[]» =>
  text.toLowerCase().match(/[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]/gu) ?? [];

/** Numbers of the commonest words, from 2 on. */
function placesOf(words«: string[]»)«: Map<string, number>» {
  const counts = new Map«<string, number>»();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Map(sorted.slice(0, WORDS - 2).map(([word], place) => [word, place + 2]));
}
`;
