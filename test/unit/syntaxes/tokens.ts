import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Oniguruma from 'vscode-oniguruma';
import type * as Textmate from 'vscode-textmate';

// Both are CommonJS whose names Node cannot see from an import.
const require = createRequire(import.meta.url);
const textmate = require('vscode-textmate') as typeof Textmate;
const oniguruma = require('vscode-oniguruma') as typeof Oniguruma;

/**
 * A piece of a line and its innermost scope, without the language's suffix; `plain` where the
 * grammar says nothing.
 */
export interface Token {
  readonly text: string;
  readonly scope: string;
}

/** The grammar of training logs as VS Code's own tokenizer reads it. */
export async function trainingLogGrammar(): Promise<(line: string) => readonly Token[]> {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    // VS Code's own grammar for logs, included for what is left over, is not here.
    loadGrammar: (scope) =>
      Promise.resolve(
        scope === 'text.training-log'
          ? textmate.parseRawGrammar(readFileSync(path, 'utf8'), path)
          : null,
      ),
  });
  const grammar = await registry.loadGrammar('text.training-log');
  if (!grammar) throw new Error('The grammar was not loaded.');
  return (line) => tokensOf(grammar, line);
}

const path = 'syntaxes/training-log.tmLanguage.json';

const tokensOf = (grammar: Textmate.IGrammar, line: string): readonly Token[] =>
  grammar.tokenizeLine(line, textmate.INITIAL).tokens.map(({ startIndex, endIndex, scopes }) => ({
    text: line.slice(startIndex, endIndex),
    scope: scopes.length > 1 ? (scopes.at(-1) ?? '').replace(/\.training-log$/, '') : 'plain',
  }));
