import { LOADED_BY, precisionOf } from '../../model/formats/exportFormat.ts';
import { parametersOf } from '../../model/trainedModel.ts';
import {
  comparisonText,
  formatNumber,
  measuredText,
  noiseText,
  shortCommit,
} from '../../record/format.ts';
import { titleOf } from '../../record/kinds.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { CardFacts } from './cardFacts.ts';
import { comparedText } from './exported.ts';
import { plural } from '../../util/plural.ts';

/** `MODEL_CARD.md` of an export: what it is and what proves it; never a value of the data. */
export const modelCard = (facts: CardFacts): string =>
  [
    `# ${facts.study.name} #${facts.summary.number}: ${titleOf(facts.attempt)}`,
    ...section('What it is', whatItIs(facts)),
    ...section('How good it is', quality(facts)),
    ...section('This export', exportLines(facts)),
    ...section('Data', dataLines(facts)),
    ...section('Where it comes from', sourceLines(facts)),
    '',
  ].join('\n');

const section = (title: string, lines: readonly string[]): readonly string[] => [
  '',
  `## ${title}`,
  '',
  ...lines.map((line) => `- ${line}`),
];

function whatItIs({ model, exported, attempt }: CardFacts): readonly string[] {
  const { preparation, ownLayers } = model.facts;
  return [
    ...shapesOf(model.facts),
    ...(ownLayers
      ? [`Layers of its own, in the source of its builder: ${ownLayers.join(', ')}`]
      : []),
    ...(preparation.classes.length > 0 ? [`Classes: ${preparation.classes.join(', ')}`] : []),
    preparation.inputs
      ? 'Inputs have to be scaled as preprocessing.json says (mean and deviation by column)'
      : 'Inputs as they come: nothing was scaled',
    ...(preparation.targets ? ['Outputs are scaled: see preprocessing.json'] : []),
    `${parametersOf(model).toLocaleString('en')} parameters; weights of seed ${exported.seed}, ` +
      `of ${attempt.trials.length} trained`,
  ];
}

function shapesOf({ inputs, outputs, ...facts }: CardFacts['model']['facts']): readonly string[] {
  const { task, inputShape, outputUnits, reading } = facts;
  const taskOf = (each: { task: string; reading: string }): string =>
    each.task === 'classification' ? `${each.task} (${each.reading})` : each.task;
  if (!inputs && !outputs)
    return [
      `${task}: input [${inputShape.join(', ')}], ${plural(outputUnits, 'output')}` +
        (task === 'classification' ? ` (${reading})` : ''),
    ];
  return [
    ...(inputs ?? [{ name: null, shape: inputShape }]).map(
      ({ name, shape }, at) => `Input ${name ?? at + 1}: [${shape.join(', ')}]`,
    ),
    ...(outputs ?? [{ name: null, task, reading, units: outputUnits }]).map(
      (each, at) => `Output ${each.name ?? at + 1}: ${taskOf(each)}, ${plural(each.units, 'unit')}`,
    ),
  ];
}

function quality(facts: CardFacts): readonly string[] {
  const { summary, attempt, noise, use, openings, nameOf, study } = facts;
  const { metric } = objectiveOf(study.config);
  const { comparisons } = attempt.verdict;
  return [
    `${metric} on the validation part: ` +
      (summary.metric ? measuredText(summary.metric) : 'not measured'),
    ...(noise === null ? [] : [noiseText(noise).replace(/^n/, 'N')]),
    `Verdict: ${attempt.verdict.text}`,
    ...comparisons.map(
      (comparison) => `Against ${nameOf(comparison.against)}: ${comparisonText(comparison)}`,
    ),
    `Chosen on the validation part: ${use.text}. This seed is the best of those kept, so ` +
      'that its own number flatters it; the mean above does not',
    ...(openings.length > 0 ? openings : ['The sealed test part was not opened for it']),
  ];
}

function exportLines({ choice, exported, study }: CardFacts): readonly string[] {
  const { metric } = objectiveOf(study.config);
  const isPacked = ({ name }: { readonly name: string }): boolean => name.endsWith('.gz');
  const packed = exported.files.filter(isPacked);
  const { measures, trained } = exported;
  const value = (name: string): string => formatNumber(measures[name] ?? NaN);
  return [
    `Format ${choice.format}, weights ${precisionOf(choice)}: ` +
      exported.files.map(({ name, bytes: size }) => `${name} (${size} bytes)`).join(', '),
    `${kibibytes(exported.files.filter((file) => !isPacked(file)))} KiB in all`,
    ...(packed.length > 0
      ? [`${kibibytes(packed)} KiB of weights, many of them zero, where they are sent packed (.gz)`]
      : []),
    ...(exported.folded > 0
      ? [`${plural(exported.folded, 'normalisation layer')} folded into the layers before`]
      : []),
    `Loaded by another process and compared on ${exported.rows} rows of the validation part: ` +
      comparedText(exported),
    `A program loads it by \`${LOADED_BY[choice.format]('.')}\``,
    `${metric} of this seed: ${formatNumber(trained[metric] ?? NaN)} as trained, ` +
      `${value(metric)} as exported`,
    `Answers one row in ${value('latencyMs')} ms (95 %: ${value('latencyMs95')}), 32 in ` +
      `${value('latency32Ms')} ms (95 %: ${value('latency32Ms95')})`,
    `The process that loaded it took ${value('memoryMB')} MiB at most, data and runtime included`,
  ];
}

const kibibytes = (files: readonly { readonly bytes: number }[]): string =>
  (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1024).toFixed(1);

function dataLines({ data, attempt, study }: CardFacts): readonly string[] {
  if (!data) return ['The data is known to the command alone that trained.'];
  const { train, validation, test } = data.rows;
  return [
    `SHA-256 ${attempt.dataHash ?? 'unknown'}` +
      (data.hash === attempt.dataHash ? '' : ' (what lies there today is other data)'),
    `Rows: ${train} training, ${validation} validation, ${test} sealed`,
    `Split by seed ${study.config.split.seed}` +
      (study.config.split.folds > 1
        ? `, ${study.config.split.folds} folds; these weights saw all but the first`
        : ''),
    'Licence: not known to Cortex',
  ];
}

function sourceLines({ summary, attempt, study, model }: CardFacts): readonly string[] {
  const { environment, config } = attempt;
  const versions = Object.entries(model.facts.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  return [
    `Commit ${shortCommit(summary.commit)} on cortex/${study.name}, attempt ${summary.id}`,
    `${config.epochs} epochs, batch size ${config.batchSize}`,
    `Trained with ${model.facts.framework} (${versions})` +
      (environment ? ` on ${environment.runtime}, ${environment.platform}` : ''),
    `Made by Cortex ${environment?.cortex ?? ''}`.trim(),
  ];
}
