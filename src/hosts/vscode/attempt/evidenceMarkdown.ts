import { pathToFileURL } from 'node:url';
import type { Evidence } from '../../../record/proposalRecord.ts';
import { escapeMarkdown } from '../labels.ts';
import { fileName } from '../../../util/fileName.ts';

/** Evidence as a Markdown list, each item with the log lines that prove it. */
export const evidenceList = (evidence: readonly Evidence[], logPath: string | null): string =>
  evidence.map((item) => `- ${escapeMarkdown(item.text)}${place(item, logPath)}`).join('\n');

/** The same with links into the log, for hovers; Markdown previews refuse links to files. */
export const linkedEvidenceList = (evidence: readonly Evidence[], logPath: string | null): string =>
  evidence.map((item) => `- ${escapeMarkdown(item.text)}${link(item, logPath)}`).join('\n');

const place = (item: Evidence, logPath: string | null): string =>
  item.lines.length > 0 ? ` (${escapeMarkdown(placeText(item, logPath))})` : '';

function link(item: Evidence, logPath: string | null): string {
  const [first] = item.lines;
  if (first === undefined || !logPath) return place(item, logPath);
  const target = pathToFileURL(logPath).href.replaceAll('(', '%28').replaceAll(')', '%29');
  return ` ([${escapeMarkdown(placeText(item, logPath))}](${target}#L${first}))`;
}

const placeText = ({ lines }: Evidence, logPath: string | null): string =>
  `${logPath ? fileName(logPath) : 'log'}, line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`;
