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
import type { Diagnosis, Finding } from '../../../log/diagnosis.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { placeFindings, type PlacedFinding } from './placedFindings.ts';

/** Whose diagnostics they are; code actions look for it. */
export const diagnosticSource = 'Cortex';

const severities: Readonly<Record<Finding['severity'], DiagnosticSeverity>> = {
  info: DiagnosticSeverity.Information,
  warning: DiagnosticSeverity.Warning,
  problem: DiagnosticSeverity.Error,
};

/** A column no line reaches: VS Code ends the range where the line ends. */
const LINE_END = 10_000;

/** The findings of a log on the lines that prove them, in the editor and among the problems. */
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
  return placeFindings(diagnosis).map((placed) => diagnosticOf(placed, uri, document));
}

function diagnosticOf(
  { finding, line, others }: PlacedFinding,
  uri: Uri,
  document: TextDocument | undefined,
): Diagnostic {
  const diagnostic = new Diagnostic(
    rangeOf(line, document),
    finding.text,
    severities[finding.severity],
  );
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
