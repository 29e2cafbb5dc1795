import { readFile } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import { RelativePattern, Uri, workspace } from 'vscode';
import { languageOf } from '../../../model/modelFile.ts';
import { codeOf } from '../../../model/notebook.ts';
import { objectiveOf } from '../../../record/objectives.ts';
import { rowsPathOf } from '../../../record/fileData.ts';
import type { Study } from '../../../study/study.ts';
import type { Engine } from '../../engine.ts';
import type { Host } from '../host.ts';
import type { Choices, DataChoice, Form } from './form.ts';

/** A form as far as the project fills it, and what else may be chosen. */
export interface Inferred {
  readonly study: Study;
  readonly form: Form;
  readonly choices: Choices;
}

const TABLES = '{*,*/*}.{csv,tsv,jsonl,ndjson,parquet}';
const NOT_IN = '**/{node_modules,.git,.venv,venv,dist}/**';
const MOST_TABLES = 20;

/** Looks at the model file, at the files beside it, and at the script that trains it. */
export async function inferForm(host: Host, modelPath: string): Promise<Inferred> {
  const engine = await host.engine.get();
  const study = await host.studies.open(modelPath);
  const builders = await buildersOf(engine, modelPath);
  const data = await dataOf(engine, study);
  const { builder = builders[0] ?? null, epochs, batchSize } = study.config;
  const form: Form = {
    builder: host.builders.of(modelPath) ?? builder,
    data: data[0] ?? null,
    target: null,
    task: null,
    epochs,
    batchSize,
    lengths: study.lengths ?? { epochs: null, batchSize: null },
    objective: objectiveOf(study.config).metric,
  };
  const choices = { builders, data, columns: [] };
  return { study, ...(await withTable(engine, study, { form, choices })) };
}

/** What the chosen table holds: its columns, and the likeliest target with its task. */
export async function withTable(
  engine: Engine,
  { folder }: Study,
  { form, choices }: { readonly form: Form; readonly choices: Choices },
): Promise<{ readonly form: Form; readonly choices: Choices }> {
  if (form.data?.kind !== 'file') return { form: { ...form, target: null, task: null }, choices };
  const { fsPath: path } = Uri.joinPath(Uri.file(folder), form.data.path);
  const target = form.target ?? undefined;
  const survey = await engine.surveyData({ path, target }, new AbortController().signal);
  if (survey.kind !== 'table') return { form, choices };
  const task = survey.task === 'forecast' ? 'regression' : survey.task;
  return {
    form: { ...form, target: survey.target.name, task },
    choices: { ...choices, columns: survey.heading },
  };
}

async function buildersOf(engine: Engine, modelPath: string): Promise<readonly string[]> {
  const language = languageOf(modelPath);
  if (language === null) return [];
  const text = codeOf(modelPath, await readFile(modelPath, 'utf8'));
  const read = await engine.inspect(text, language);
  if (!read.ok) return read.error.builders.map(({ name }) => name);
  const { builder, others = [] } = read.value;
  return [builder, ...others].map(({ name }) => name);
}

/** The likeliest first: what is said already, what a script gives, the tables beside the model. */
async function dataOf(engine: Engine, study: Study): Promise<readonly DataChoice[]> {
  const rows = rowsPathOf(study.config);
  if (rows !== null) return [{ kind: 'said', words: rows }, ...(await tablesBeside(study))];
  const script = await engine.trainingScript(study).catch(() => null);
  const choices: readonly DataChoice[] =
    script === null ? [] : [{ kind: 'script', name: basename(script) }];
  return [...choices, ...(await tablesBeside(study))];
}

async function tablesBeside({ folder, logPath }: Study): Promise<readonly DataChoice[]> {
  const pattern = new RelativePattern(Uri.file(folder), TABLES);
  const found = await workspace.findFiles(pattern, NOT_IN, MOST_TABLES);
  return found
    .filter(({ fsPath }) => fsPath !== logPath && !/log[^/\\]*$/i.test(basename(fsPath)))
    .map(({ fsPath }) => relative(folder, fsPath).split(sep).join('/'))
    .sort((a, b) => dirname(a).length - dirname(b).length || a.localeCompare(b))
    .map((path) => ({ kind: 'file', path }));
}
