import { isMissing, numberIn } from './cells.ts';
import { columnOf, countsOf } from './columns.ts';
import { nothingToPredictFrom, taskUnfit, tooFewRows } from './errors.ts';
import { givesAway, repeatedRows } from './leaks.ts';
import type { TableSample } from './sample.ts';
import { correlationAt, seriesWindow, structureOf } from './structure.ts';
import type { Column, StartTask, Structure, TableSurvey } from './survey.ts';
import { tableNotes } from './tableNotes.ts';
import { chooseTarget, requireTarget } from './target.ts';

/** What a person says of their data. */
export interface Asked {
  readonly target?: string | undefined;
  readonly task?: StartTask | undefined;
}

const FEWEST_ROWS = 10;
const TABLE_TASKS = ['classification', 'regression', 'forecast'] as const;
/** Columns that are looked at for what gives the target away. */
const MOST_COMPARED = 500;

/** What a table holds, and what of it can be predicted from what. Throws `input` errors. */
export function surveyTable(sample: TableSample, asked: Asked): TableSurvey {
  const task = asked.task === undefined ? null : fittingTask(asked.task);
  const name = chooseTarget(sample, asked.target);
  const labelled = withTarget(sample, name);
  if (labelled.rows.length < FEWEST_ROWS) throw tooFewRows(sample.path, labelled.rows.length);
  const all = labelled.columns.map((column, place) =>
    columnOf(
      column,
      labelled.rows.map((row) => row[place] ?? ''),
    ),
  );
  const target = requireTarget(labelled, all, name);
  const columns = all
    .filter((column) => column.name !== name)
    .map((column, index) => (index < MOST_COMPARED ? judged(labelled, column, target) : column));
  return described(labelled, {
    target,
    columns,
    task: task ?? likelyTask(labelled, columns, target),
    unlabelled: sample.rows.length - labelled.rows.length,
  });
}

const fittingTask = (task: StartTask): TableSurvey['task'] => {
  const fitting = TABLE_TASKS.find((one) => one === task);
  if (!fitting) throw taskUnfit(task, 'a table', TABLE_TASKS);
  return fitting;
};

const cellsOf = ({ columns, rows }: TableSample, name: string): readonly string[] => {
  const place = columns.indexOf(name);
  return rows.map((row) => row[place] ?? '');
};

/** Rows whose target is known: nothing is learned from others. */
function withTarget(sample: TableSample, target: string): TableSample {
  const place = sample.columns.indexOf(target);
  return { ...sample, rows: sample.rows.filter((row) => !isMissing(row[place] ?? '')) };
}

function judged(sample: TableSample, column: Column, target: Column): Column {
  if (column.use === 'left-out' || column.use === 'words') return column;
  const why = givesAway(sample, column, target);
  return why === null ? column : { ...column, use: 'left-out', why };
}

const MOST_CLASSES = 20;

/** Names are classes; numbers are, where few whole ones repeat; a series goes on in time. */
function likelyTask(
  sample: TableSample,
  columns: readonly Column[],
  target: Column,
): TableSurvey['task'] {
  if (target.use !== 'number') return 'classification';
  const cells = cellsOf(sample, target.name).map((cell) => numberIn(cell) ?? 0);
  const isCounted = cells.every(Number.isInteger);
  if (isCounted && target.distinct <= Math.min(MOST_CLASSES, cells.length / 5))
    return 'classification';
  return isSeries(sample, columns, cells) ? 'forecast' : 'regression';
}

/** Dates that only go up, and a target that is much like it was a row before. */
function isSeries(
  sample: TableSample,
  columns: readonly Column[],
  target: readonly number[],
): boolean {
  const date = columns.find(({ use, missing }) => use === 'date' && missing === 0);
  if (!date || !sample.isWhole) return false;
  const times = cellsOf(sample, date.name).map((cell) => Date.parse(cell.trim()));
  const goesUp = times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0));
  return goesUp && correlationAt(target, 1) > 0.5;
}

interface Found {
  readonly target: Column;
  readonly columns: readonly Column[];
  readonly task: TableSurvey['task'];
  /** Rows without a target. */
  readonly unlabelled: number;
}

function described(sample: TableSample, found: Found): TableSurvey {
  const { target, columns, task } = found;
  const structure = structureFor(sample, found);
  const usable = columns.filter(({ use }) => use !== 'left-out');
  if (usable.length === 0 && structure.kind !== 'series')
    throw nothingToPredictFrom(
      sample.path,
      columns.map(({ name, why }) => `"${name}": ${why ?? 'it is the target'}`),
    );
  const { path, isWhole, bytes, separator, encoding, hasHeading } = sample;
  const survey: TableSurvey = {
    ...{ kind: 'table', path, isWhole, bytes, separator, encoding, hasHeading },
    ...{ target, columns, task, structure },
    rows: isWhole ? sample.rows.length : sample.rowCount,
    heading: sample.columns,
    classes: task === 'classification' ? classesOf(sample, target) : [],
    repeated: repeatedRows(sample),
    notes: [],
  };
  return { ...survey, notes: tableNotes(survey, { ...sample, unlabelled: found.unlabelled }) };
}

function structureFor(sample: TableSample, { target, columns, task }: Found): Structure {
  if (task !== 'forecast') return structureOf(sample, columns);
  const values = cellsOf(sample, target.name).map((cell) => numberIn(cell) ?? 0);
  return { kind: 'series', window: seriesWindow(values) };
}

const classesOf = (sample: TableSample, target: Column): TableSurvey['classes'] =>
  [...countsOf(cellsOf(sample, target.name))].map(([name, count]) => ({ name, count }));
