import type { TableSample } from './sample.ts';
import type { Column, Note, TableSurvey } from './survey.ts';

const RARE = 0.1;
const FEW_ROWS = 200;
const FAR_OUT = 10;

type Looked = TableSample & { readonly unlabelled: number };

/** What a person should know of their table before they trust a model of it. */
export function tableNotes(survey: TableSurvey, sample: Looked): readonly Note[] {
  return [
    ...sampling(sample),
    ...reading(survey, sample),
    ...(isOrdered(survey) ? ordered(survey) : leftOut(survey.columns)),
    ...repeats(survey, sample.rows.length),
    ...gaps(survey.columns),
    ...balance(survey),
    ...size(survey),
    ...(isOrdered(survey) ? [] : outliers(survey)),
  ];
}

const isOrdered = ({ structure }: TableSurvey): boolean =>
  structure.kind === 'image' || structure.kind === 'sequence';

function ordered({ structure }: TableSurvey): readonly Note[] {
  if (structure.kind === 'image')
    return [info(`The columns of a row are a picture of ${structure.shape.join('×')} points.`)];
  return structure.kind === 'sequence'
    ? [info(`The columns of a row are ${structure.steps} steps of one measurement.`)]
    : [];
}

const warning = (text: string): Note => ({ severity: 'warning', text });
const info = (text: string): Note => ({ severity: 'info', text });

const sampling = ({ isWhole, bytes, rows, rowCount }: Looked): readonly Note[] =>
  isWhole
    ? []
    : [
        info(
          `The file has ${sizeText(bytes)}, some ${rowCount.toLocaleString('en')} rows: this is ` +
            `told by a sample of ${rows.length.toLocaleString('en')} rows from all over it.`,
        ),
      ];

/** Bytes as people say them: `5.4 GB`. */
const sizeText = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;

function reading({ target }: TableSurvey, { unfit, unlabelled, hasHeading }: Looked) {
  return [
    ...(hasHeading
      ? []
      : [warning('The first line names no columns: they are called by their places.')]),
    ...(unfit > 0 ? [warning(`${lines(unfit)} another number of cells and are left out.`)] : []),
    ...(unlabelled > 0
      ? [warning(`${unlabelled} rows have no "${target.name}" and are left out.`)]
      : []),
  ];
}

const lines = (count: number): string => (count === 1 ? 'A line has' : `${count} lines have`);

function leftOut(columns: readonly Column[]): readonly Note[] {
  const out = columns.filter(({ use }) => use === 'left-out');
  const told = out.slice(0, 8).map(({ name, why }) => leakOrNot(name, why ?? ''));
  const more = out.length - told.length;
  return more > 0
    ? [...told, info(`${more} further columns are left out for such reasons.`)]
    : told;
}

const leakOrNot = (name: string, why: string): Note =>
  /^it (is|names) /.test(why)
    ? warning(`Column "${name}" is left out: ${why}, so it would give the answer away.`)
    : info(`Column "${name}" is left out: ${why}.`);

const repeats = ({ repeated }: TableSurvey, looked: number): readonly Note[] =>
  repeated === 0
    ? []
    : [
        warning(
          `${repeated} of ${looked} rows repeat another one word for word. Dealt into training ` +
            'and test part they would be known by heart: each is used once.',
        ),
      ];

function gaps(columns: readonly Column[]): readonly Note[] {
  const holed = columns.filter(({ use, missing }) => use !== 'left-out' && missing > 0);
  const named = holed
    .slice(0, 6)
    .map(({ name, missing }) => `"${name}" (${percent(missing)})`)
    .join(', ');
  const more = holed.length - 6;
  return holed.length === 0
    ? []
    : [
        info(
          `Cells are empty in ${named}${more > 0 ? ` and ${more} more` : ''}: ` +
            'numbers are filled with the median, and a category has none of its values there.',
        ),
      ];
}

const percent = (share: number): string =>
  share < 0.01 ? 'below 1 %' : `${Math.round(share * 100)} %`;

function balance({ classes }: TableSurvey): readonly Note[] {
  const all = classes.reduce((sum, { count }) => sum + count, 0);
  const rarest = classes.at(-1);
  return rarest === undefined || rarest.count / all >= RARE / Math.max(1, classes.length / 4)
    ? []
    : [
        warning(
          `Class "${rarest.name}" is ${percent(rarest.count / all)} of the rows: accuracy says ` +
            'little where it is rare, so f1 is measured, too.',
        ),
      ];
}

function size({ rows, columns }: TableSurvey): readonly Note[] {
  const used = columns.filter(({ use }) => use !== 'left-out').length;
  return [
    ...(rows < FEW_ROWS
      ? [warning(`${rows} rows are few: results differ much from part to part, so folds are used.`)]
      : []),
    ...(used > rows
      ? [
          warning(
            `There are more columns (${used.toLocaleString('en')}) than rows ` +
              `(${rows.toLocaleString('en')}): a linear model is hard to beat there.`,
          ),
        ]
      : []),
  ];
}

/** Values more than ten deviations from the mean. */
function outliers({ columns, target }: TableSurvey): readonly Note[] {
  const far = [...columns, target].filter(
    ({ use, scale }) =>
      use === 'number' &&
      scale !== null &&
      Math.max(scale.most - scale.mean, scale.mean - scale.least) > FAR_OUT * scale.deviation,
  );
  const named = far.slice(0, 4).map(({ name }) => `"${name}"`);
  return far.length === 0
    ? []
    : [
        info(
          `Single values of ${named.join(', ')} lie more than ten deviations from the mean: look ` +
            'whether they are right; a Huber loss minds them less.',
        ),
      ];
}
