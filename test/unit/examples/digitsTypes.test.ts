import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import ts from 'typescript';

const folder = join(mkdtempSync(join(tmpdir(), 'cortex-example-')), 'digits');
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('an editor finds nothing wrong with the example, without a package installed', () => {
  cpSync('examples/digits', folder, { recursive: true });
  const file = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options, fileNames } = ts.parseJsonConfigFileContent(file.config, ts.sys, folder);
  assert.ok(fileNames.some((name) => name.endsWith('model.ts')));
  const program = ts.createProgram(fileNames, options);
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  assert.deepEqual(problems, []);
});
