import {
  CodeAction,
  CodeActionKind,
  languages,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Finding } from '../../../log/diagnosis.ts';
import { fileName } from '../../../util/fileName.ts';
import { logLanguage } from '../contributions.ts';
import type { Host } from '../host.ts';
import { diagnosticSource } from './logDiagnostics.ts';
import { shortName } from './placedFindings.ts';

/** On a finding: start Improve Architecture with that finding as its focus. */
export const createLogActions = (host: Host): Disposable =>
  languages.registerCodeActionsProvider(
    { language: logLanguage, scheme: 'file' },
    providerFor(host),
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );

const providerFor = ({ logs, links, engine }: Host): CodeActionProvider => ({
  async provideCodeActions(document, _range, { diagnostics }) {
    const findings = diagnostics.flatMap((diagnostic) =>
      findingOf(document, diagnostic, logs.diagnosisOf(document.fileName)?.findings ?? []),
    );
    if (findings.length === 0) return [];
    const [{ remediesFor }, model] = await Promise.all([
      engine.get(),
      links.modelOf(document.fileName),
    ]);
    return findings
      .filter(({ finding }) => remediesFor(finding.kind).length > 0)
      .map((found) => actionFor(found, document, model));
  },
});

interface Found {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

function findingOf(
  { uri }: TextDocument,
  diagnostic: Diagnostic,
  findings: readonly Finding[],
): readonly Found[] {
  if (diagnostic.source !== diagnosticSource || uri.scheme !== 'file') return [];
  const finding = findings.find(({ kind }) => kind === diagnostic.code);
  return finding ? [{ finding, diagnostic }] : [];
}

function actionFor(
  { finding, diagnostic }: Found,
  { fileName: logPath }: TextDocument,
  model: string | null,
): CodeAction {
  const name = model === null ? 'a model' : fileName(model);
  const title = `Improve ${name}: answer “${shortName(finding)}”`;
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = {
    title,
    command: 'cortex.improveFromLog',
    arguments: [{ logPath, focus: finding.kind }],
  };
  return action;
}
