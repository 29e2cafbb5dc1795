import { MOST_WORDS } from '../firstForSequences.ts';
import type { Structure, TableSurvey } from '../survey.ts';
import { inLines, pythonValue } from './code.ts';
import { plannedColumns } from './columnPlan.ts';
import { COLUMNS_TO_NUMBERS, NUMBERS, READ_PARTS, READ_WHOLE, ROWS, WORDS } from './pythonParts.ts';

/** `load_data` for a table; `channels` says where PyTorch wants those of a picture. */
export function pythonTable(survey: TableSurvey, file: string, channels: 'first' | 'last'): string {
  const { structure, encoding, isWhole } = survey;
  const isPlain = structure.kind !== 'words' && structure.kind !== 'series';
  return [
    opening(survey, file),
    load(survey, channels),
    (isWhole ? READ_WHOLE : READ_PARTS)(encoding),
    ROWS(survey),
    NUMBERS,
    ...(structure.kind === 'words' ? [WORDS] : []),
    ...(isPlain ? [COLUMNS_TO_NUMBERS] : []),
  ].join('');
}

function opening(survey: TableSurvey, file: string): string {
  const { target, separator, heading, hasHeading, structure } = survey;
  const imports = [
    'csv',
    ...(structure.kind === 'words' ? [] : ['math']),
    ...(survey.isWhole ? [] : ['os']),
    ...(structure.kind === 'words' ? ['re', 'collections'] : []),
  ].toSorted();
  const dates = structure.kind === 'flat' ? 'from datetime import datetime, timezone\n' : '';
  return `"""${file} as numbers. Cortex wrote this after a look at the file; it is yours."""

${imports.map((name) => `import ${name}`).join('\n')}
${dates}from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / ${pythonValue(file)}
SEPARATOR = ${pythonValue(separator)}
TARGET = ${pythonValue(target.name)}
${hasHeading ? '' : `#: The file has no line of headings.\nHEADING = ${pythonValue(heading)}\n`}`;
}

function load(survey: TableSurvey, channels: 'first' | 'last'): string {
  switch (survey.structure.kind) {
    case 'series':
      return series(survey, survey.structure);
    case 'words':
      return words(survey, survey.structure);
    default:
      return flat(survey, channels);
  }
}

const targetText = ({ task }: TableSurvey): string =>
  task === 'classification'
    ? 'np.array([row[TARGET] for row in rows])'
    : 'np.array([number_of(row[TARGET]) or 0.0 for row in rows], dtype="float32")';

function flat(survey: TableSurvey, channels: 'first' | 'last'): string {
  const columns = plannedColumns(survey).map(
    ({ name, how }) => `${pythonValue(name)}: ${pythonValue(how)}`,
  );
  return `#: How each column becomes numbers; those that are not named are left out.
COLUMNS = {${inLines(columns, '    ')}}


def load_data():
    """What the model is trained on; Cortex deals the rows out."""
    rows = rows_with_target()
    inputs = [
        [number for name, how in COLUMNS.items() for number in read(row[name], how)]
        for row in rows
    ]
    return {
        "inputs": np.array(inputs, dtype="float32")${shaped(survey.structure, channels)},
        "targets": ${targetText(survey)},
        "task": "${survey.task}",
    }
`;
}

function shaped(structure: Structure, channels: 'first' | 'last'): string {
  if (structure.kind === 'sequence') return `.reshape(-1, ${structure.steps}, 1)`;
  if (structure.kind !== 'image') return '';
  const [height, width] = structure.shape;
  return channels === 'first'
    ? `.reshape(-1, 1, ${height}, ${width})`
    : `.reshape(-1, ${height}, ${width}, 1)`;
}

function series(survey: TableSurvey, { window }: Extract<Structure, { kind: 'series' }>): string {
  const others = survey.columns.filter(({ use }) => use === 'number').map(({ name }) => name);
  return `#: The target's own past comes first, then what was measured beside it.
COLUMNS = ${pythonValue([survey.target.name, ...others])}
#: So many past rows tell the next value.
WINDOW = ${window}


def load_data():
    """The past first, what is judged by after it, the sealed part last."""
    rows = rows_with_target()
    values = np.array([[number_of(row[name]) or 0.0 for name in COLUMNS] for row in rows])
    inputs = np.stack([values[start : start + WINDOW] for start in range(len(values) - WINDOW)])
    targets = values[WINDOW:, 0]

    def part(start, end):
        own = slice(math.floor(len(inputs) * start), math.floor(len(inputs) * end))
        return inputs[own].astype("float32"), targets[own].astype("float32")

    return {
        "train": part(0, 0.7),
        "validation": part(0.7, 0.85),
        "test": part(0.85, 1),
        "task": "regression",
    }
`;
}

const words = (
  survey: TableSurvey,
  { column, length }: Extract<Structure, { kind: 'words' }>,
): string => `TEXT = ${pythonValue(column)}
#: Words of a text that are read; shorter ones are filled up with 0.
LENGTH = ${length}
#: Words that are told apart: 0 stands for none, 1 for every other.
WORDS = ${MOST_WORDS}


def load_data():
    """What the model is trained on; Cortex deals the rows out."""
    rows = rows_with_target()
    texts = [words_of(row[TEXT]) for row in rows]
    places = places_of(texts)
    inputs = np.zeros((len(texts), LENGTH), dtype="float32")
    for row, text in enumerate(texts):
        for at, word in enumerate(text[:LENGTH]):
            inputs[row, at] = places.get(word, 1)
    return {
        "inputs": inputs,
        "targets": ${targetText(survey)},
        "task": "${survey.task}",
    }
`;
