import type { ReferenceScores } from '../../record/dataProfile.ts';
import { formatNumber } from '../../record/format.ts';
import type { FirstModel } from './sketch.ts';
import type { Column, Survey } from './survey.ts';

/** A first model and what it reached in a first training; `null` where it was not tried. */
export interface RatedModel extends FirstModel {
  readonly score: number | null;
  /** Why it has no score; `null` where it has one, or nothing was tried. */
  readonly failure: string | null;
}

/** What a note tells of the start of a study. */
export interface Started {
  readonly survey: Survey;
  readonly models: readonly RatedModel[];
  readonly chosen: string;
  readonly references: ReferenceScores | null;
  readonly metric: string;
  /** What `cortex search` would turn of the chosen model. */
  readonly searchable: readonly string[];
}

const COLUMNS_TOLD = 40;

/** The note that stands beside a new model: what was found, what was tried, what the data need. */
export function startNote(started: Started): string {
  const { survey } = started;
  return [
    `# What Cortex found`,
    summary(survey),
    ...notesText(survey),
    ...(survey.kind === 'table' ? ['## Columns', columnTable(survey.columns)] : []),
    '## First models',
    modelTable(started),
    ...started.models.map(({ title, reason, source }) => `**${title}.** ${reason}\n\n*${source}*`),
    `\`cortex search\` would turn: ${started.searchable.join(', ') || 'nothing yet'}.`,
    '## What to do next',
    NEXT,
    '',
  ].join('\n\n');
}

/** The data in one sentence. */
export function summary(survey: Survey): string {
  const rows = survey.rows.toLocaleString('en');
  switch (survey.kind) {
    case 'text':
      return (
        `A text of ${survey.length.toLocaleString('en')} ${survey.task}, ` +
        `${survey.vocabulary.length} of them different; the next one is predicted.`
      );
    case 'images':
      return (
        `${rows} images in ${survey.classes.length} classes (${classNames(survey.classes)}), ` +
        `scaled to ${survey.shape.join('×')}.`
      );
    case 'table':
      return survey.task === 'classification'
        ? `${rows} rows; "${survey.target.name}" is predicted: ${survey.classes.length} classes ` +
            `(${classNames(survey.classes)}).`
        : `${rows} rows; "${survey.target.name}" is predicted: a number` +
            (survey.task === 'forecast' ? ', from the rows before it.' : '.');
  }
}

function classNames(classes: readonly { readonly name: string }[]): string {
  const shown = classes.slice(0, 5).map(({ name }) => name);
  return shown.join(', ') + (classes.length > shown.length ? ' …' : '');
}

const notesText = ({ notes }: Survey): readonly string[] =>
  notes.length === 0
    ? []
    : [
        notes
          .map(({ severity, text }) => `- ${severity === 'warning' ? '**Mind:** ' : ''}${text}`)
          .join('\n'),
      ];

function columnTable(columns: readonly Column[]): string {
  const rows = columns
    .slice(0, COLUMNS_TOLD)
    .map(({ name, use, why, missing, distinct, values }) => {
      const becomes = why ?? (use === 'category' ? values.slice(0, 4).join(', ') : '');
      return `| ${name} | ${use} | ${Math.round(missing * 100)} % | ${distinct} | ${becomes} |`;
    });
  const more = columns.length - rows.length;
  return [
    '| column | read as | empty | different | |',
    '|---|---|---|---|---|',
    ...rows,
    ...(more > 0 ? [`| … ${more.toLocaleString('en')} more | | | | |`] : []),
  ].join('\n');
}

function modelTable({ models, references, chosen, metric }: Started): string {
  const value = (score: number | null | undefined): string =>
    score === null || score === undefined ? '–' : formatNumber(score);
  return [
    `| model | ${metric} | confidence | |`,
    '|---|---|---|---|',
    ...referenceRows(references, metric).map(
      ({ name, score }) => `| ${name} | ${value(score)} | | reference |`,
    ),
    ...models.map(
      ({ name, score, confidence, failure }) =>
        `| ${name} | ${value(score)} | ${Math.round(confidence * 100)} % | ` +
        `${failure ?? (name === chosen ? 'chosen' : '')} |`,
    ),
  ].join('\n');
}

/** What a network has to beat, by name. */
export function referenceRows(
  references: ReferenceScores | null,
  metric: string,
): readonly { readonly name: string; readonly score: number }[] {
  const { trivial, linear, ngram } = references ?? {};
  return [
    { name: 'always the same answer', score: trivial?.[metric] },
    { name: 'a linear model', score: linear?.[metric] },
    { name: 'counts of the last three (n-gram)', score: ngram?.[metric] },
  ].flatMap(({ name, score }) => (score === undefined ? [] : [{ name, score }]));
}

const NEXT = `1. Put the folder under git, so that every attempt is kept: \`git init\`.
2. \`cortex improve\` (**Cortex: Improve Architecture**): reasoned changes, trained and judged.
3. \`cortex search\`: structure and numbers together.
4. \`cortex unseal\`: what the best one is worth on the part that nothing has looked at.`;
