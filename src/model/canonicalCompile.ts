import type { Architecture, CompileCall } from './architecture.ts';
import { canonicalText, canonicalValue, valueText } from './canonicalValues.ts';
import { defaultLearningRate } from './learningRates.ts';
import type { NamedValue, Value } from './values.ts';
import { number } from './values.ts';

/** `adam(learningRate: 0.001), meanSquaredError`; metrics are only watched and do not count. */
export function compileText(compile: CompileCall, library: Library): string {
  const { language } = library;
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
    `${optimizer ? optimizerText(compile, optimizer, library) : 'no optimizer'}, ` +
    `${loss}${rest}`
  );
}

type Library = Pick<Architecture, 'language' | 'framework'>;

/** `adam(learningRate: 0.001)`, however it is written. */
export function optimizerText(
  { optimizer }: CompileCall,
  value: Value,
  { language, framework }: Library,
): string {
  if (!optimizer || optimizer.type === 'other') return valueText(canonicalValue(value, language));
  const rate =
    optimizer.learningRate ??
    (namesRate(value) ? null : defaultLearningRate(optimizer.type, framework));
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
