import { pathToFileURL } from 'node:url';
import type { Evidence } from '../../core/attempts/attempt.ts';
import { escapeMarkdown, fileName } from '../labels.ts';

/** Evidence as a Markdown list, each item with a link to the log lines that prove it. */
export const evidenceList = (evidence: readonly Evidence[], logPath: string | null): string =>
  evidence.map((item) => `- ${escapeMarkdown(item.text)}${linkOf(item, logPath)}`).join('\n');

function linkOf({ lines }: Evidence, logPath: string | null): string {
  const [first] = lines;
  if (first === undefined) return '';
  const text = `${logPath ? `${fileName(logPath)}, ` : ''}line${lines.length > 1 ? 's' : ''} ${lines.join(', ')}`;
  if (!logPath) return ` (${escapeMarkdown(text)})`;
  const target = pathToFileURL(logPath).href.replace(/[()]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'));
  return ` ([${escapeMarkdown(text)}](${target}#L${first}))`;
}
