import type { Attempt } from '../../record/attempt.ts';
import { formatChange, formatNumber } from '../../record/format.ts';
import type { SearchState } from '../../ports/searcher.ts';
import type { FurtherObjective, StudyConfig } from '../../record/studyConfig.ts';
import type { Proposal } from '../../study/proposal.ts';
import { historySection } from './historySection.ts';
import { instructionsFor } from './instructions.ts';
import { focusSection } from './focusSection.ts';
import { logSection } from './logSection.ts';
import { dataSection, regionSection, sourceSection } from './modelSections.ts';
import { layersSection } from './layersSection.ts';
import { fitLines, oneLine, quoteData } from './quote.ts';
import { objectivesOf, SIMPLER } from '../../record/objectives.ts';
import { limitText } from '../../study/objective.ts';
import { plural } from '../../util/plural.ts';

/**
 * What a language model is sent: fixed instructions and one question. Together at most 6,000
 * tokens, whatever the study's length.
 */
export interface Prompt {
  readonly system: string;
  readonly question: string;
}

/**
 * What a prompt is made of; `recent` are the records of the last attempts, `candidates` what the
 * offline engine would do next, `earlier` what was just proposed.
 */
export interface PromptParts {
  readonly request: Omit<SearchState, 'random' | 'signal' | 'recent'>;
  readonly recent: readonly Attempt[];
  readonly candidates: readonly Proposal[];
  readonly earlier: readonly Proposal[];
}

const LONGEST_CANDIDATES = 1_500;
const LONGEST_EARLIER = 600;

/**
 * Builds the question from values alone: the same study gives the same prompt. Source, log and
 * history are quoted as data.
 */
export function buildPrompt({ request, recent, candidates, earlier }: PromptParts): Prompt {
  const {
    study,
    model,
    architecture,
    diagnosis,
    data,
    history,
    parent,
    wish,
    focus = null,
    structural,
  } = request;
  const sections = [
    objectiveText(study.config, parent?.metric?.mean ?? null),
    ...(architecture.builder.kind === 'region'
      ? [regionSection(model, architecture)]
      : [dataSection(data), sourceSection(model, architecture), layersSection(architecture, data)]),
    logSection(diagnosis),
    historySection(history, recent, objectivesOf(study.config)),
    ...candidatesSection(candidates),
    ...(wish
      ? [`The user's goal, in their own words:\n${quoteData('goal', oneLine(wish, 400))}`]
      : []),
    ...(focus === null ? [] : [focusSection(focus, diagnosis)]),
    ...earlierSection(earlier),
    ...(structural ? [STALLED] : []),
    'Propose one change now, as one JSON object.',
  ];
  return { system: instructionsFor(architecture), question: sections.join('\n\n') };
}

function earlierSection(earlier: readonly Proposal[]): readonly string[] {
  if (earlier.length === 0) return [];
  const lines = earlier.map(({ title }) => `- ${oneLine(title, 90)}`);
  return [
    'Proposed just now, and not to come again; take another ' +
      `idea:\n${quoteData('earlier', fitLines(lines, LONGEST_EARLIER).join('\n'))}`,
  ];
}

const STALLED =
  'The search has stalled: smaller changes have brought nothing for several rounds. Change ' +
  'the structure of the network now: its width, depth, convolution, residual connections or ' +
  'normalisation.';

/** What is optimised, from where, and how each variant trains. */
export function objectiveText(config: StudyConfig, value: number | null): string {
  const now = value === null ? '' : ` It is ${formatNumber(value)} now.`;
  const { limits, epochs, batchSize, seeds } = config;
  const [objective, ...further] = objectivesOf(config);
  const count = typeof seeds === 'number' ? seeds : seeds.length;
  return (
    `Objective: ${objective.direction} ${oneLine(objective.metric, 60)}.${now}` +
    `${further.map(furtherText).join('')} Every variant ` +
    `trains ${epochs} epochs in batches of ${batchSize} with ${plural(count, 'seed')}. ` +
    `Limits: ${limits.parameters} parameters, ${limits.modelKB} KiB of weights, ` +
    `${limits.trialSeconds} s a trial, ${limits.memoryMB} MiB.`
  );
}

/** The usual second objective goes without saying. */
function furtherText(objective: FurtherObjective): string {
  if (objective === SIMPLER) return '';
  const name = oneLine(objective.metric, 60);
  return objective.limit === undefined
    ? ` Then ${objective.direction} ${name}.`
    : ` Hold ${name} ${limitText(objective)}.`;
}

function candidatesSection(candidates: readonly Proposal[]): readonly string[] {
  if (candidates.length === 0) return [];
  const lines = candidates.map(
    ({ title, operator, expectedEffect, confidence, reasoning }, index) => {
      const effect = expectedEffect
        ? `, predicts ${oneLine(expectedEffect.metric, 40)} ${formatChange(expectedEffect.delta)}`
        : '';
      const chance = confidence === null ? '' : `, chance ${Math.round(confidence * 100)} %`;
      return (
        `${index + 1}: ${oneLine(title, 90)} [${operator}${effect}${chance}] ` +
        oneLine(reasoning, 160)
      );
    },
  );
  return [
    'What a search engine without a language model would do next. Choose one, change it, or ' +
      `do better:\n${quoteData('candidates', fitLines(lines, LONGEST_CANDIDATES).join('\n'))}`,
  ];
}
