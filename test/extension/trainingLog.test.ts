import { strict as assert } from 'node:assert';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import {
  commands,
  ConfigurationTarget,
  DiagnosticSeverity,
  languages,
  Position,
  Range,
  Uri,
  workspace,
  type Diagnostic,
} from 'vscode';
import { modelUri, until } from './example.ts';
import { describeFigures, meterHost, type Responsiveness } from './hostMeter.ts';

const longestBlock = 50;
const epochs = 30;
const lowest = 12;

/** An epoch of so many steps; val_loss turns at epoch 12. */
function epochText(epoch: number, steps: number): string {
  const loss = (2 * 0.85 ** epoch + 0.02).toFixed(4);
  const valLoss = (
    epoch < lowest ? 0.6 + 0.15 * (lowest - epoch) : 0.6 + 0.04 * (epoch - lowest)
  ).toFixed(4);
  const lines = Array.from(
    { length: steps },
    (_, step) => `Epoch ${epoch}/${epochs} step ${step + 1}/${steps} 12ms/step loss: ${loss}`,
  );
  return `${[...lines, `Epoch ${epoch}/${epochs} done - loss: ${loss} - val_loss: ${valLoss}`].join('\n')}\n`;
}

const logUri = (name: string): Uri => Uri.file(join(dirname(modelUri().fsPath), name));

const overfittingIn = (uri: Uri): Diagnostic | undefined =>
  languages
    .getDiagnostics(uri)
    .find(({ source, code }) => source === 'Cortex' && code === 'overfitting');

describe('a training log', () => {
  it(
    'that is too large for VS Code to hand over is diagnosed all the same, and the host stays ' +
      'responsive',
    async function () {
      const uri = logUri('large.log');
      const steps = 40_000;
      await rm(uri.fsPath, { force: true });
      for (let epoch = 1; epoch <= epochs; epoch++)
        await appendFile(uri.fsPath, epochText(epoch, steps));
      const { size } = await workspace.fs.stat(uri);
      assert.ok(size > 50 * 1024 * 1024, `${size} bytes`);
      await workspace
        .getConfiguration('workbench')
        .update('editorLargeFileConfirmation', 1024, ConfigurationTarget.Global);
      const stop = meterHost();
      await commands.executeCommand('vscode.open', uri);
      const finding = await until('its findings', () => overfittingIn(uri), 90);
      const figures = stop();
      if (this.test)
        this.test.title += ` (${(size / 1e6).toFixed(0)} MB; ${describeFigures(figures)})`;
      assert.equal(finding.range.start.line, lowest * (steps + 1) - 1);
      assert.equal(finding.severity, DiagnosticSeverity.Error);
      assert.ok(figures.longestBlock <= longestBlock, describeFigures(figures));
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await until('them gone with its editor', () => (overfittingIn(uri) ? undefined : true));
      await rm(uri.fsPath);
    },
  );

  it(
    'of another program is left alone, however large: no finding, no lens, no action, and no ' +
      'more work than a text file is',
    async function () {
      const requests = Array.from(
        { length: 150_000 },
        (_, index) =>
          `10.0.0.${index % 250} - - [12/Mar/2026:10:00:00 +0000] "GET ` +
          `/api/items/${index}?page=${index % 9} HTTP/1.1" 200 ${index % 9000} "-" ` +
          `"Mozilla/5.0 (X11; Linux x86_64)" rt=0.012 uct="0.000"\n`,
      ).join('');
      const text = await meterOpening(logUri('access.txt'), requests);
      await commands.executeCommand('workbench.action.closeActiveEditor');
      const uri = logUri('access.log');
      const figures = await meterOpening(uri, requests);
      if (this.test)
        this.test.title +=
          ` (${(requests.length / 1e6).toFixed(0)} MB; ${describeFigures(figures)}; as a text ` +
          `file: ${describeFigures(text)})`;
      const lenses = await commands.executeCommand<readonly unknown[]>(
        'vscode.executeCodeLensProvider',
        uri,
        10,
      );
      const actions = await commands.executeCommand<readonly { readonly title: string }[]>(
        'vscode.executeCodeActionProvider',
        uri,
        new Range(0, 0, 0, 1),
      );
      const hovers = await commands.executeCommand<readonly unknown[]>(
        'vscode.executeHoverProvider',
        uri,
        new Position(0, 2),
      );
      assert.deepEqual(
        {
          lensesCount: lenses.length,
          actionsCount: actions.filter(({ title }) => title.startsWith('Improve')).length,
          hoversCount: hovers.length,
          diagnosticsCount: languages.getDiagnostics(uri).length,
        },
        { lensesCount: 0, actionsCount: 0, hoversCount: 0, diagnosticsCount: 0 },
      );
      assert.ok(figures.longestBlock <= text.longestBlock + longestBlock, describeFigures(figures));
      await commands.executeCommand('workbench.action.closeActiveEditor');
    },
  );

  it('is followed while it is written, and its Quick Fix names model and finding', async function () {
    const uri = logUri('growing.log');
    await writeFile(
      uri.fsPath,
      Array.from({ length: 8 }, (_, index) => epochText(index + 1, 200)).join(''),
    );
    const document = await workspace.openTextDocument(uri);
    assert.equal(document.languageId, 'training-log');
    await commands.executeCommand('vscode.open', uri);
    await until('its first findings', () =>
      languages.getDiagnostics(uri).length > 0 ? true : undefined,
    );
    assert.equal(overfittingIn(uri)?.severity === DiagnosticSeverity.Error, false);
    const stop = meterHost();
    for (let epoch = 9; epoch <= epochs; epoch++)
      await appendFile(uri.fsPath, epochText(epoch, 200));
    const finding = await until('overfitting', () =>
      overfittingIn(uri)?.severity === DiagnosticSeverity.Error ? overfittingIn(uri) : undefined,
    );
    const figures = stop();
    if (this.test) this.test.title += ` (${describeFigures(figures)})`;
    assert.ok(figures.longestBlock <= longestBlock, describeFigures(figures));
    await until('the editor to show its end', () =>
      document.lineCount > epochs * 200 ? true : undefined,
    );
    const actions = await commands.executeCommand<readonly { readonly title: string }[]>(
      'vscode.executeCodeActionProvider',
      uri,
      finding.range,
    );
    assert.deepEqual(
      actions.map(({ title }) => title).filter((title) => title.includes('overfitting')),
      [`Improve model.ts: answer “overfitting since epoch ${lowest}”`],
    );
    await commands.executeCommand('workbench.action.closeActiveEditor');
    await rm(uri.fsPath);
  });
});

/**
 * How the host answered while a file was opened, and until a log that was opened behind it had its
 * finding; both files are gone again, and the editor of the first is in front.
 */
async function meterOpening(uri: Uri, content: string): Promise<Responsiveness> {
  const behind = logUri('behind.log');
  await writeFile(uri.fsPath, content);
  await writeFile(
    behind.fsPath,
    Array.from({ length: epochs }, (_, index) => epochText(index + 1, 1)).join(''),
  );
  const stop = meterHost();
  await commands.executeCommand('vscode.open', uri, { preview: false });
  await until('its document', () =>
    workspace.textDocuments.some(({ fileName }) => fileName === uri.fsPath) ? true : undefined,
  );
  await commands.executeCommand('vscode.open', behind, { preview: false });
  await until('the finding of the log behind it', () => overfittingIn(behind));
  const figures = stop();
  await commands.executeCommand('workbench.action.closeActiveEditor');
  await rm(behind.fsPath);
  await rm(uri.fsPath);
  return figures;
}
