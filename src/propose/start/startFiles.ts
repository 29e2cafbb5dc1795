import type { StartLanguage } from './baseBuilder.ts';
import { javaScriptTable } from './module/javaScriptTable.ts';
import { javaScriptText } from './module/javaScriptText.ts';
import { pythonImages, pythonText } from './module/pythonOthers.ts';
import { pythonTable } from './module/pythonTable.ts';
import { FILES, startConfig } from './startConfig.ts';
import { inOrder } from './structure.ts';
import type { Survey, TableSurvey } from './survey.ts';

/** A file of a new project. */
export interface StartFile {
  readonly name: string;
  readonly text: string;
}

/** Where the data stand, seen from the new project's folder, with `/` between folders. */
export interface Place {
  readonly data: string;
  readonly language: StartLanguage;
}

/** What a new project holds beside its model: the study file, a data module where one is needed. */
export function startFiles(survey: Survey, place: Place): readonly StartFile[] {
  const named = rowsInFile(survey, place);
  const { model, data } = FILES[place.language];
  const config = { model, data: named ?? data, ...startConfig(survey) };
  return [
    { name: 'cortex.json', text: `${JSON.stringify(config, null, 2)}\n` },
    ...(named === null ? [{ name: data, text: moduleFor(survey, place) }] : []),
  ];
}

const isPython = ({ language }: Place): boolean => language === 'keras' || language === 'pytorch';

/** What Cortex reads by itself needs no module; `null` where one is needed. */
function rowsInFile(survey: Survey, place: Place): Readonly<Record<string, unknown>> | null {
  if (survey.kind === 'images')
    return isPython(place) ? null : { images: place.data, inputShape: survey.shape };
  if (survey.kind === 'text' || !isPlain(survey)) return null;
  const { target, task, structure } = survey;
  const shape = structure.kind === 'image' ? inputShape(structure.shape, place) : null;
  return {
    csv: place.data,
    target: target.name,
    task,
    ...(shape && { inputShape: shape }),
    ...(structure.kind === 'sequence' && { inputShape: [structure.steps, 1] }),
  };
}

const inputShape = (
  [height, width, channels]: readonly [number, number, number],
  { language }: Place,
): readonly number[] =>
  language === 'pytorch' ? [channels, height, width] : [height, width, channels];

/** Columns of numbers without gaps, each row once, in a file that is read as it is. */
function isPlain(survey: TableSurvey): boolean {
  const { columns, structure, repeated, isWhole, hasHeading, encoding, notes } = survey;
  const isOrdered = structure.kind === 'image' || structure.kind === 'sequence';
  const used = isOrdered ? inOrder(columns) : columns.filter(({ use }) => use === 'number');
  const hasGaps = notes.some(
    ({ severity, text }) => severity === 'warning' && /left out/.test(text),
  );
  return (
    used.length === columns.length &&
    used.every(({ missing }) => missing === 0) &&
    structure.kind !== 'series' &&
    survey.separator !== ';' &&
    repeated === 0 &&
    !hasGaps &&
    isWhole &&
    hasHeading &&
    encoding === 'utf-8'
  );
}

function moduleFor(survey: Survey, place: Place): string {
  const { data, language } = place;
  const channels = language === 'pytorch' ? 'first' : 'last';
  switch (survey.kind) {
    case 'text':
      return isPython(place) ? pythonText(survey, data) : javaScriptText(survey, data, language);
    case 'images':
      return pythonImages(survey, data, channels);
    case 'table':
      return isPython(place)
        ? pythonTable(survey, data, channels)
        : javaScriptTable(survey, data, language);
  }
}
