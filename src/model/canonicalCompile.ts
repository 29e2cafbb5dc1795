import type { CompileCall } from './architecture.ts';
import { canonicalText, canonicalValue, valueText } from './canonicalValues.ts';
import { DEFAULT_LEARNING_RATES } from './layerDefaults.ts';
import type { Language } from './modelFile.ts';
import type { NamedValue, Value } from './values.ts';
import { number } from './values.ts';

/** `adam(learningRate: 0.001), meanSquaredError`; metrics are only watched and do not count. */
export function compileText(compile: CompileCall, language: Language): string {
  const optimizer = compile.arguments.find(({ name }) => name === 'optimizer')?.value;
  const loss = compile.loss
    ? valueText(normalLoss(canonicalValue(compile.loss, language)))
    : 'no loss';
  const others = compile.arguments.filter(
    ({ name }) => !['optimizer', 'loss', 'metrics'].includes(name),
  );
  const rest = others
    .map(({ name, value }) => `, ${name}: ${valueText(canonicalValue(value, language))}`)
    .join('');
  return (
    `${optimizer ? optimizerText(compile, optimizer, language) : 'no optimizer'}, ` +
    `${loss}${rest}`
  );
}

function optimizerText({ optimizer }: CompileCall, value: Value, language: Language): string {
  if (!optimizer || optimizer.type === 'other') return valueText(canonicalValue(value, language));
  const rate =
    optimizer.learningRate ??
    (namesRate(value) ? null : (DEFAULT_LEARNING_RATES[optimizer.type] ?? null));
  const learningRate: NamedValue[] =
    rate === null ? [] : [{ name: 'learningRate', value: number(rate) }];
  return canonicalText(optimizer.type, [...learningRate, ...otherArguments(value, rate !== null)]);
}

const isRate = (name: string): boolean => name === '0' || name === 'learningRate';

const namesRate = (value: Value): boolean =>
  value.kind === 'call' && value.arguments.some(({ name }) => isRate(name));

const otherArguments = (value: Value, rateIsRead: boolean): readonly NamedValue[] =>
  value.kind === 'call' ? value.arguments.filter(({ name }) => !(rateIsRead && isRate(name))) : [];

const LOSS_OF_ALIAS: Readonly<Record<string, string>> = {
  mse: 'meanSquaredError',
  MSE: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  MAE: 'meanAbsoluteError',
  mape: 'meanAbsolutePercentageError',
  msle: 'meanSquaredLogarithmicError',
  kld: 'kullbackLeiblerDivergence',
  logCosh: 'logcosh',
};

const normalLoss = (loss: Value): Value =>
  loss.kind === 'string'
    ? { kind: 'string', value: LOSS_OF_ALIAS[loss.value] ?? loss.value }
    : loss;
