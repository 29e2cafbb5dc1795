import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  languages,
  Location,
  Range,
  Uri,
  workspace,
  type Disposable,
  type TextDocument,
} from 'vscode';
import type { Diagnosis } from '../../../log/diagnosis.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { placeFindings, type PlacedFinding } from './placedFindings.ts';

/** Whose diagnostics they are; code actions look for it. */
export const diagnosticSource = 'Cortex';

const severities = {
  warning: DiagnosticSeverity.Warning,
  problem: DiagnosticSeverity.Error,
} as const;

/** A column no line reaches: VS Code ends the range where the line ends. */
const LINE_END = 10_000;

/**
 * What a log complains of, on the lines that prove it, in the editor and among the problems. What
 * is well, or only to be known, is no problem: it stands in the Diagnosis view and in hovers.
 */
export function createLogDiagnostics({ logs }: Host): Disposable {
  const disposables = new Disposables();
  const collection = disposables.add(languages.createDiagnosticCollection('cortex'));
  const publish = (path: string): void => {
    const uri = Uri.file(path);
    const diagnosis = logs.diagnosisOf(path);
    collection.set(uri, diagnosis ? diagnosticsOf(diagnosis, uri) : undefined);
  };
  disposables.add(
    logs.onDidChange(publish),
    // The editor may show a line later than the engine has read it.
    workspace.onDidChangeTextDocument(({ document }) => {
      if (logs.peek(document.fileName)) publish(document.fileName);
    }),
  );
  return disposables;
}

function diagnosticsOf(diagnosis: Diagnosis, uri: Uri): Diagnostic[] {
  const document = workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
  return placeFindings(diagnosis).flatMap((placed) => {
    const { severity } = placed.finding;
    return severity === 'info' ? [] : [diagnosticOf(placed, severities[severity], document, uri)];
  });
}

function diagnosticOf(
  { finding, line, others }: PlacedFinding,
  severity: DiagnosticSeverity,
  document: TextDocument | undefined,
  uri: Uri,
): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(line, document), finding.text, severity);
  diagnostic.source = diagnosticSource;
  diagnostic.code = finding.kind;
  diagnostic.relatedInformation = others.map(
    (other) =>
      new DiagnosticRelatedInformation(
        new Location(uri, rangeOf(other, document)),
        textOf(other, document),
      ),
  );
  return diagnostic;
}

function rangeOf(line: number, document: TextDocument | undefined): Range {
  const start =
    document && line < document.lineCount
      ? document.lineAt(line).firstNonWhitespaceCharacterIndex
      : 0;
  return new Range(line, start, line, LINE_END);
}

const textOf = (line: number, document: TextDocument | undefined): string =>
  document && line < document.lineCount
    ? document.lineAt(line).text.trim().slice(0, 200)
    : `line ${line + 1}`;
