import { number, string } from '../../model/values.ts';
import { layerSpec } from '../operators/layerSpecs.ts';
import { dense, dropout, normalize, plainSketch } from './layers.ts';
import type { FirstModel, Sketch } from './sketch.ts';
import type { Column, TableSurvey } from './survey.ts';

/** Numbers a row comes to once categories and dates are numbers. */
export function widthOf(columns: readonly Column[]): number {
  const widths: Readonly<Record<Column['use'], (column: Column) => number>> = {
    number: () => 1,
    date: () => 3,
    category: ({ values }) => values.length,
    words: () => 0,
    'left-out': () => 0,
  };
  return columns.reduce((sum, column) => sum + widths[column.use](column), 0);
}

/** First models of rows whose columns have no order. */
export function ofTables({ rows, columns, task }: TableSurvey): readonly FirstModel[] {
  const inputs = widthOf(columns);
  const output = task === 'classification' ? 'classes' : 'numbers';
  const units = unitsFor(rows);
  const facts: Facts = { rows, inputs, units, output };
  return [rows < MANY ? straight(facts) : plain(facts), residual(facts), held(facts)];
}

/** Fewer rows are easily learned by heart. */
const FEW = 400;
/** Fewer rows tell hardly more than a weight for each number. */
const MANY = 1000;

interface Facts {
  readonly rows: number;
  readonly inputs: number;
  readonly units: number;
  readonly output: Sketch['output'];
}

/** A power of two that grows with the rows: each unit needs some to be learned from. */
const unitsFor = (rows: number): number =>
  Math.min(128, Math.max(16, 2 ** Math.round(Math.log2(Math.sqrt(rows)))));

const said = ({ rows, inputs }: Facts): string =>
  `${rows.toLocaleString('en')} rows of ${inputs.toLocaleString('en')} numbers`;

function plain(facts: Facts): FirstModel {
  const { rows, inputs, units, output } = facts;
  return {
    name: 'two-layers',
    title: `Two hidden layers of ${units} and ${units / 2} units`,
    reason:
      `${said(facts)} in no order: two hidden layers read every number together with every ` +
      'other, and their width goes with the number of rows.',
    source:
      'Rumelhart, Hinton & Williams, Learning Representations by Back-Propagating Errors, 1986',
    confidence: inputs <= rows ? 0.5 : 0.3,
    sketch: plainSketch([dense(units), dense(units / 2)], output),
  };
}

function residual(facts: Facts): FirstModel {
  const { rows, units, output } = facts;
  return {
    name: 'residual',
    title: `A normalised residual network of ${units} units`,
    reason:
      `${said(facts)}: a shortcut around each block lets it learn a correction only, which ` +
      'trains evenly; of the plain networks for tables this one is the hardest to beat.',
    source:
      'Gorishniy et al., Revisiting Deep Learning Models for Tabular Data, 2021 (arXiv 2106.11959)',
    confidence: rows >= 2000 ? 0.55 : 0.25,
    sketch: plainSketch(
      [dense(units), dense(units), normalize('layer'), dense(units), normalize('layer')],
      output,
      {
        shortcuts: [
          { from: 0, to: 2 },
          { from: 2, to: 4 },
        ],
      },
    ),
  };
}

function straight(facts: Facts): FirstModel {
  const { rows, units, output } = facts;
  // As of a normal prior on the weights: the more rows, the less it counts.
  const charge = Number((1 / rows).toPrecision(1));
  return {
    name: 'wide-and-deep',
    title: `A linear model with ${units} units that correct it`,
    reason:
      `${said(facts)}: so few rows tell hardly more than a weight for each number; what a hidden ` +
      'layer finds beside that is added, and held back by dropout.',
    source: 'Cheng et al., Wide & Deep Learning for Recommender Systems, 2016 (arXiv 1606.07792)',
    confidence: 0.4,
    sketch: plainSketch(
      [charged(units, 'linear', charge), charged(units, 'relu', charge), dropout(0.5)],
      output,
      {
        shortcuts: [{ from: 0, to: 2 }],
      },
    ),
  };
}

function held(facts: Facts): FirstModel {
  const { rows, inputs, units, output } = facts;
  const isWide = inputs > rows;
  return {
    name: 'held-back',
    title: `One hidden layer of ${units} units, held back`,
    reason:
      `${said(facts)}${isWide ? ', more numbers than rows' : ''}: one layer with dropout and a ` +
      'charge for large weights cannot learn few rows by heart.',
    source:
      'Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting, 2014',
    confidence: rows < FEW || isWide ? 0.6 : 0.2,
    sketch: plainSketch([charged(units), dropout(0.5)], output),
  };
}

const charged = (units: number, activation = 'relu', charge = 0.0005) =>
  layerSpec('dense', {
    units: number(units),
    activation: string(activation),
    kernelRegularizer: {
      kind: 'call',
      callee: 'regularizers.l2',
      arguments: [{ name: 'l2', value: number(charge) }],
    },
  });
