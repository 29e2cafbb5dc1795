import { stringify } from 'csv-stringify/sync';
import type { StudyReader } from '../studyReader.ts';
import type { Study } from '../../../study/study.ts';
import { CONTRACT_VERSION } from '../contractVersion.ts';
import { historyDocument, type HistoryDocument } from '../historyDocument.ts';
import { visibleText } from '../../../util/visibleText.ts';
import { historyHtml } from './historyHtml.ts';
import { objectiveOf } from '../../../record/objectives.ts';

/** What a history can be exported as. */
export type ExportFormat = 'json' | 'csv' | 'html';

/**
 * Attempts of a study as one text, by their ids and in that order, all three forms from the same
 * document; nothing in it needs anything from outside.
 */
export async function exportHistory(
  reader: StudyReader,
  study: Study,
  { ids, format }: { readonly ids: readonly string[]; readonly format: ExportFormat },
): Promise<string> {
  const summaries = new Map((await reader.history(study)).map((summary) => [summary.id, summary]));
  const attempts = ids.flatMap((id) => summaries.get(id) ?? []);
  const document = await historyDocument(reader, study, attempts);
  return visibleText(textOf(document, study, format));
}

/** What a model wrote or a library said may be among it. */
function textOf(document: HistoryDocument, study: Study, format: ExportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: CONTRACT_VERSION, ...document }, null, 2)}\n`;
    case 'csv':
      return historyCsv(document);
    case 'html':
      return historyHtml(document, objectiveOf(study.config));
  }
}

/** One row an attempt. A cell that a spreadsheet would take for a formula is written as text. */
const historyCsv = ({ attempts }: HistoryDocument): string =>
  stringify(
    attempts.map((attempt) => ({
      number: attempt.number,
      title: attempt.title,
      verdict: attempt.verdict,
      operator: attempt.operator,
      proposer: attempt.proposer,
      mean: attempt.metric?.mean,
      sd: attempt.metric?.sd,
      seeds: attempt.metric?.values.length,
      values: attempt.metric?.values.join(' '),
      effect: attempt.effect?.mean,
      effect_low: attempt.effect?.interval?.[0],
      effect_high: attempt.effect?.interval?.[1],
      parameters: attempt.parameters,
      parent: attempt.parent,
      id: attempt.id,
      commit: attempt.commit,
      verdict_text: attempt.verdictText,
      reasoning: attempt.reasoning,
    })),
    { header: true, escape_formulas: true },
  );
