import type { StartLanguage } from '../baseBuilder.ts';
import { MOST_UNITS } from '../surveyText.ts';
import type { TextSurvey } from '../survey.ts';
import { javaScriptOf, javaScriptValue } from './code.ts';

/** `loadData` for a text whose next character or word is foretold at each step. */
export function javaScriptText(survey: TextSurvey, file: string, language: StartLanguage): string {
  const { task, encoding, vocabulary, window } = survey;
  const units =
    task === 'characters'
      ? "[...text.replaceAll('\\r\\n', '\\n')]"
      : 'text.toLowerCase().match(/[\\p{L}\\p{N}]+|[^\\s\\p{L}\\p{N}]/gu) ?? []';
  return javaScriptOf(
    `import { readFileSync } from 'node:fs';

/**
 * ${file} as numbers of ${task}. Cortex wrote this after a look at the file; it is yours to change.
 */
const FILE = new URL(${javaScriptValue(encodeURI(file))}, import.meta.url);
/** What is told apart; the first stands for everything else. */
const VOCABULARY«: string[]» = ${javaScriptValue(vocabulary)};
/** So many ${task} of the beginning are used. */
const MOST = ${MOST_UNITS};
/** ${task === 'characters' ? 'Characters' : 'Words'} of one example. */
const WINDOW = ${window};

/**
 * What the model is trained on: at each step, the next of the ${task}. The beginning of the text is
 * learned from, what follows is judged by, the end is sealed.
 */
export function loadData() {
  const text = new TextDecoder('${encoding}').decode(readFileSync(FILE));
  const places = new Map(VOCABULARY.map((unit, place) => [unit, place]));
  const units = ${units};
  const numbers = units.slice(0, MOST).map((unit) => places.get(unit) ?? 0);
  const part = (from«: number», to«: number») =>
    examplesOf(numbers.slice(numbers.length * from, numbers.length * to));
  return {
    train: part(0, 0.8),
    validation: part(0.8, 0.9),
    test: part(0.9, 1),
    task: 'classification',
    classes: VOCABULARY.length,
  };
}

${EXAMPLES}`,
    language,
  );
}

const EXAMPLES = `/** Windows side by side, and the same a step later. */
function examplesOf(numbers«: number[]») {
  const inputs«: number[][]» = [];
  const targets«: number[][]» = [];
  for (let start = 0; start + WINDOW < numbers.length; start += WINDOW) {
    inputs.push(numbers.slice(start, start + WINDOW));
    targets.push(numbers.slice(start + 1, start + WINDOW + 1));
  }
  return { inputs, targets };
}
`;
