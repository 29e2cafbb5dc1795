import { Hover, languages, MarkdownString, type Disposable } from 'vscode';
import type { Engine } from '../../engine.ts';
import { logLanguage } from '../contributions.ts';
import type { Host } from '../host.ts';
import { findingMarkdown } from './findingMarkdown.ts';
import { placeFindings, type PlacedFinding } from './placedFindings.ts';

/** What the findings of a line mean, and what Cortex would try. The Markdown is never trusted. */
export const createLogHovers = ({ logs, engine }: Host): Disposable =>
  languages.registerHoverProvider(
    { language: logLanguage, scheme: 'file' },
    {
      provideHover: async (document, { line }) => {
        const diagnosis = logs.diagnosisOf(document.fileName);
        const placed = diagnosis
          ? placeFindings(diagnosis).filter((one) => one.line === line || one.others.includes(line))
          : [];
        if (placed.length === 0) return undefined;
        const { remediesFor } = await engine.get();
        return new Hover(
          placed.map((one) => new MarkdownString(markdownAt(line, one, remediesFor))),
        );
      },
    },
  );

/**
 * At its own line VS Code shows the text of a problem above the hover. A note is no problem, and
 * names no remedy: nothing is wrong.
 */
function markdownAt(
  line: number,
  { finding, line: own }: PlacedFinding,
  remediesFor: Engine['remediesFor'],
): string {
  if (finding.severity === 'info') return findingMarkdown(finding, finding.text, []);
  return findingMarkdown(finding, line === own ? null : finding.text, remediesFor(finding.kind));
}
