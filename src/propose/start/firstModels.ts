import type { StartLanguage } from './baseBuilder.ts';
import { ofImages } from './firstForImages.ts';
import { ofSequences, ofWords } from './firstForSequences.ts';
import { ofTables } from './firstForTables.ts';
import { ofTexts } from './firstForTexts.ts';
import type { FirstModel } from './sketch.ts';
import type { Survey, TableSurvey } from './survey.ts';

/**
 * Three first models of different kind for data as they were found, the likeliest first; each with
 * its reason and its source.
 */
export const firstModels = (survey: Survey, language: StartLanguage): readonly FirstModel[] =>
  unordered(survey, language).toSorted((a, b) => b.confidence - a.confidence);

/** Cortex's Python worker has one class a row: there the step behind a window is foretold. */
function unordered(survey: Survey, language: StartLanguage): readonly FirstModel[] {
  const isPython = language === 'keras' || language === 'pytorch';
  if (survey.kind === 'text') return ofTexts(survey, isPython ? 'last' : 'every');
  if (survey.kind === 'images')
    return ofImages({ shape: survey.shape, rows: survey.rows, classes: survey.classes.length });
  return ofTable(survey);
}

function ofTable(survey: TableSurvey): readonly FirstModel[] {
  const { structure, rows, classes } = survey;
  switch (structure.kind) {
    case 'image':
      return ofImages({ shape: structure.shape, rows, classes: classes.length });
    case 'sequence':
      return ofSequences(survey, { steps: structure.steps, channels: 1 });
    case 'series':
      return ofSequences(survey, { steps: structure.window, channels: seriesChannels(survey) });
    case 'words':
      return ofWords(survey, structure.length);
    case 'flat':
      return ofTables(survey);
  }
}

/** The target's own past, and every other number beside it. */
export const seriesChannels = ({ columns }: TableSurvey): number =>
  1 + columns.filter(({ use }) => use === 'number').length;
