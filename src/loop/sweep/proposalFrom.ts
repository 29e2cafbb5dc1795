import type { Configuration } from '../../search/space/dimension.ts';
import { BATCH_SIZE, settingsOf } from '../../search/space/readSpace.ts';
import type { SourceRange } from '../../model/architecture.ts';
import { readMarks } from '../../search/marks/readMarks.ts';
import { changesText } from '../../search/sweep/describeValues.ts';
import { formatNumber } from '../../record/format.ts';
import { objectiveOf } from '../../record/objectives.ts';
import type { Proposal } from '../../study/proposal.ts';
import type { Study } from '../../study/study.ts';
import { SEARCH } from '../../study/sweepSpec.ts';
import { plural } from '../../util/plural.ts';
import type { SweepStanding } from './standing.ts';
import type { FullRun, SweepRun } from './sweepRun.ts';

/** Who made it: no proposer of operators, no language model. */
const PROPOSER = 'search';
/** Of what a best run gained against the model as it is, what is left on new seeds. */
const SHRINKS = 0.5;
const MOST_NAMED = 3;

/** A configuration as an ordinary proposal: a diff against the model file, and the evidence. */
export function proposalFrom({ index, realised }: FullRun, run: SweepRun): Proposal {
  const { round, builder } = run.sweep;
  const { standing } = run;
  const configuration = run.draft.attempt.configurations[index];
  const values = (configuration?.values ?? {}) as Configuration;
  const changes = changesText(builder.space, values).filter((text) => !text.startsWith(BATCH_SIZE));
  const { metric } = objectiveOf(round.study.config);
  const value = configuration?.results[0]?.measures[metric] ?? null;
  const { start } = standing;
  return {
    title: titleOf(changes),
    operator: SEARCH,
    family: 'search',
    reasoning: [
      evidenceText(standing),
      valueText(value, standing),
      settingsText(values, round.study),
    ]
      .filter((text) => text !== '')
      .join(' '),
    evidence: [
      { text: evidenceText(standing), finding: null, lines: [] },
      ...changes.map((text) => ({ text, finding: null, lines: [] })),
      ...importanceEvidence(standing),
    ],
    expectedEffect:
      value !== null && start ? { metric, delta: SHRINKS * (value - start.value) } : null,
    confidence: null,
    proposer: PROPOSER,
    base: round.model.text,
    text: realised.text,
    fingerprint: realised.fingerprint,
    cost: null,
    ...markedIn(round.model.text, realised.text),
  };
}

/** Nothing where a change took a mark away, or there is none. */
function markedIn(base: string, text: string): Pick<Proposal, 'marked'> {
  const [before, after] = [rangesOf(base), rangesOf(text)];
  return before.length === after.length ? { marked: { base: before, text: after } } : {};
}

function rangesOf(text: string): readonly SourceRange[] {
  const read = readMarks(text);
  return (read.ok ? read.value : []).map(({ start, end, line }) => ({
    ...{ start, end, startLine: line, endLine: line },
  }));
}

function titleOf(changes: readonly string[]): string {
  if (changes.length === 0) return 'Train the same model in another way';
  const named = changes.slice(0, MOST_NAMED).join(', ');
  const others = changes.length - MOST_NAMED;
  return others > 0 ? `${named} and ${plural(others, 'other change')}` : named;
}

const evidenceText = ({ tried, full }: SweepStanding): string =>
  `Chosen out of ${plural(tried, 'configuration')}, ${full} of them trained to the end with one ` +
  'seed.';

const valueText = (value: number | null, { start, objective }: SweepStanding): string =>
  value === null || !start
    ? ''
    : `There ${objective.metric} was ${formatNumber(value)}, that of the model as it is ` +
      `${formatNumber(start.value)}; the best of many is also lucky, so new seeds decide.`;

/** What stands outside the builder, and where the user has it; nothing where it is as it was. */
function settingsText(values: Configuration, { config }: Study): string {
  const { batchSize } = settingsOf(values, config);
  if (batchSize === config.batchSize) return '';
  const place =
    config.script === undefined
      ? `that is "batchSize": ${batchSize} in cortex.json.`
      : `give ${config.script} that batch size, too.`;
  return `It was trained with batches of ${batchSize} instead of ${config.batchSize}: ${place}`;
}

const importanceEvidence = ({ importance }: SweepStanding): Proposal['evidence'] =>
  importance
    .filter(({ share }) => share >= 0.05)
    .slice(0, MOST_NAMED)
    .map(({ name, share }) => ({
      text:
        `${name} explains ${Math.round(100 * share)} % of the differences between ` +
        'configurations.',
      finding: null,
      lines: [],
    }));
