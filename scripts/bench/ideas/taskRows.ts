import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import type { NewModel } from '../../../src/loop/start/newModel.ts';
import type { Study } from '../../../src/study/study.ts';
import { changeStudy } from '../../../test/vscode/workspace.ts';
import { withEngine, type Bench } from '../engine.ts';
import type { Row } from '../row.ts';
import { ORDERED_TASKS } from './orderedTasks.ts';
import { TABLE_TASKS } from './tableTasks.ts';
import type { IdeaTask } from './task.ts';

const FIRST = 3;
const calledShare = 0.8;
const betterShare = 0.6;
const newWins = 10;

const { signal } = new AbortController();

/** What came of one task. */
interface Outcome {
  readonly name: string;
  /** The best of the first models against the best simple reference that there is. */
  readonly first: { readonly wins: boolean; readonly text: string };
  /** Ideas that were listed first, and the one of them that the structure calls for. */
  readonly listed: readonly string[];
  readonly idea: string | null;
  readonly verdict: string;
  /** The verdict in words: by how much, over how many seeds. */
  readonly text: string;
}

/**
 * Twelve small tasks of known structure: is an idea that it calls for among the first three, is it
 * judged better, and does a first model from the data alone beat a linear one?
 */
export async function taskRows(): Promise<readonly Row[]> {
  const asked = process.argv.flatMap((word) => /^--task=(.*)$/.exec(word)?.slice(1) ?? []);
  const tasks = [...TABLE_TASKS, ...ORDERED_TASKS].filter(
    ({ name }) => asked.length === 0 || asked.some((words) => name.includes(words)),
  );
  const host = { reviewer: acceptEverything, onEvent: () => undefined };
  const outcomes = await withEngine(host, async (bench) => {
    const all: Outcome[] = [];
    for (const task of tasks) {
      const outcome = await outcomeOf(task, bench);
      console.error(
        `  ${outcome.name}: ${outcome.listed.join(', ')} · ${outcome.verdict} · ${outcome.text}`,
      );
      all.push(outcome);
    }
    return all;
  });
  return [...outcomes.flatMap(rowsOf), ...sums(outcomes)];
}

async function outcomeOf(task: IdeaTask, bench: Bench): Promise<Outcome> {
  const { engine, folder } = bench;
  const own = join(folder, task.name.replaceAll(' ', '-'));
  const path = await task.write(join(own, 'data'));
  const survey = await engine.surveyData({ path, target: task.target }, signal);
  const place = join(own, `${task.name.replaceAll(' ', '-')}-model`);
  const made = await engine.newModel({
    ...{ survey, language: 'typescript', folder: place, choose: null, signal },
  });
  await writeFile(join(place, 'model.ts'), task.plain);
  await changeStudy(place, task.config);
  const study = await engine.openStudy(place);
  await engine.train(study, { retrain: null, signal });
  const listed = (await engine.ideas(study, signal))
    .filter(({ here }) => here.length > 0)
    .slice(0, FIRST)
    .map(({ name }) => name);
  const idea = task.called.find((name) => listed.includes(name)) ?? null;
  const judged = idea === null ? NOT_CALLED : await verdictOn(idea, study, bench);
  return { name: task.name, first: firstOf(made), listed, idea, ...judged };
}

const NOT_CALLED: Judged = { verdict: 'not called for', text: '' };

type Judged = Pick<Outcome, 'verdict' | 'text'>;

/** One attempt with the idea, judged by the study's own measure. */
async function verdictOn(idea: string, study: Study, { engine }: Bench): Promise<Judged> {
  const { attempts } = await engine.improve(study, {
    ...{ rounds: 1, baselineCheck: 'skip', wish: `idea ${idea}`, seed: 1, signal },
  });
  const [attempt] = attempts;
  if (attempt?.operator !== idea)
    return { verdict: `${attempt?.operator ?? 'nothing'} in its place`, text: '' };
  const { verdict } = await engine.attempt(study, attempt.id);
  return { verdict: attempt.verdict, text: verdict.text };
}

function firstOf({ models, references, metric }: NewModel): Outcome['first'] {
  const best = Math.min(...models.map(({ score }) => score ?? Infinity));
  const [name, reference] = references?.linear
    ? ['linear', references.linear[metric] ?? NaN]
    : ['n-gram', references?.ngram?.[metric] ?? NaN];
  const text = `${best.toFixed(3)}, ${name} ${reference.toFixed(3)}`;
  return { wins: best < reference, text };
}

const rowsOf = ({ name, first, listed, idea, verdict }: Outcome): readonly Row[] => [
  {
    figure: `${name}: first three ideas`,
    goal: 'one it calls for, better',
    measured: `${listed.join(', ')}: ${idea ?? 'none called for'}, ${verdict}`,
    ratio: '–',
    met: idea !== null,
  },
  {
    figure: '  a first model from the data',
    goal: 'below the reference',
    measured: first.text,
    ratio: '–',
    met: first.wins,
  },
];

function sums(outcomes: readonly Outcome[]): readonly Row[] {
  const all = outcomes.length;
  const count = (holds: (outcome: Outcome) => boolean): number => outcomes.filter(holds).length;
  const called = count(({ idea }) => idea !== null);
  const better = count(({ verdict }) => verdict === 'better');
  const wins = count(({ first }) => first.wins);
  const row = (figure: string, goal: string, reached: number, least: number): Row => ({
    figure,
    goal,
    measured: `${reached} of ${all}`,
    ratio: (reached / Math.max(1, least)).toFixed(2),
    met: reached >= least,
  });
  return [
    row('tasks whose idea is among the first three', '≥ 80 %', called, calledShare * all),
    row('tasks on which it is judged better', '≥ 60 %', better, betterShare * all),
    row(
      'tasks on which a first model beats a linear one',
      '≥ 10 of 12',
      wins,
      (newWins * all) / 12,
    ),
  ];
}
