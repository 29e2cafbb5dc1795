import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { surveyImages } from '../../../propose/start/surveyImages.ts';
import { surveyTable, type Asked } from '../../../propose/start/surveyTable.ts';
import { surveyText } from '../../../propose/start/surveyText.ts';
import type { Survey } from '../../../propose/start/survey.ts';
import { newDataMissing, newDataUnknown } from './dataErrors.ts';
import { imagesSample } from './imagesSample.ts';
import { tableSample } from './tableSample.ts';
import { textSpans, type TextSpans } from './textSpans.ts';

/** What a person says of their data. */
export interface SurveyRequest extends Asked {
  /** Absolute path of a table, a text, or a folder of images by class. */
  readonly path: string;
  readonly encoding?: string | undefined;
  readonly separator?: string | undefined;
}

const TABLES = new Set(['.csv', '.tsv', '.tab', '.data', '.dat', '.psv']);
const OTHERS = new Set(['.parquet', '.npz', '.npy', '.jsonl', '.json', '.xlsx', '.xls', '.zip']);

/** Looks at a person's data; large ones by parts. Throws `input` errors that say what to mend. */
export async function surveyData(request: SurveyRequest): Promise<Survey> {
  const { path, encoding } = request;
  const info = await stat(path).catch((cause: unknown) => {
    throw newDataMissing(path, cause);
  });
  if (info.isDirectory()) return surveyImages(await imagesSample(path), request);
  const extension = extname(path).toLowerCase();
  if (OTHERS.has(extension)) throw newDataUnknown(path, `is a file of the kind ${extension}`);
  const spans = await textSpans(path, encoding);
  return isTable(extension, request)
    ? surveyTable(tableSample(path, spans, request.separator), request)
    : surveyText(textOf(path, spans), request);
}

const isTable = (extension: string, { task, target }: SurveyRequest): boolean =>
  TABLES.has(extension) ||
  target !== undefined ||
  task === 'classification' ||
  task === 'regression' ||
  task === 'forecast';

const textOf = (path: string, { encoding, bytes, isWhole, texts }: TextSpans) => ({
  ...{ kind: 'text' as const, path, encoding, bytes, isWhole },
  text: (texts[0] ?? '').replace(/^\uFEFF/, ''),
});
