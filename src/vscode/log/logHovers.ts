import { Hover, languages, MarkdownString, type Disposable } from 'vscode';
import { logLanguage } from '../contributions.ts';
import type { Host } from '../host.ts';
import { findingMarkdown } from './findingMarkdown.ts';

/** What the findings of a line mean, and what Cortex would try. The Markdown is never trusted. */
export const createLogHovers = ({ logs, engine }: Host): Disposable =>
  languages.registerHoverProvider({ language: logLanguage, scheme: 'file' }, {
    provideHover: async (document, { line }) => {
      const findings = logs.diagnosisOf(document.fileName)?.findings.filter(({ lines }) => lines.includes(line + 1)) ?? [];
      if (findings.length === 0) return undefined;
      const { remediesFor } = await engine.get();
      return new Hover(findings.map((finding) => new MarkdownString(findingMarkdown(finding, isFine(finding.severity) ? [] : remediesFor(finding.kind)))));
    },
  });

/** A note names no remedy: nothing is wrong. */
const isFine = (severity: string): boolean => severity === 'info';
