import { globSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import type { Outcome, Step } from './step.ts';

/** A step that runs `node:test` files and counts their tests. */
export function nodeTestStep(name: string, pattern: string, concurrency: number): Step {
  return { name, run: () => runFiles(globSync(pattern), concurrency) };
}

/**
 * A failed test may leave a loop behind, and its file would never end. What a file has told must be
 * through by then: what is written to a pipe is not, unless it waits.
 */
const ENDS = [
  '--test-force-exit',
  '--import',
  'data:text/javascript,process.stdout._handle?.setBlocking?.(true)',
];

/** A test may take this long, in milliseconds; then it counts as failed. */
const patience = 10 * 60_000;

async function runFiles(files: readonly string[], concurrency: number): Promise<Outcome> {
  if (files.length === 0)
    return { passed: 0, failed: 1, skipped: 0, output: 'No test files were found.' };
  const events = run({
    files: [...files].sort(),
    concurrency,
    timeout: patience,
    execArgv: ENDS,
  });
  let counts = { tests: 0, passed: 0, skipped: 0, todo: 0 };
  events.on('test:summary', (summary) => {
    if (summary.file === undefined) counts = summary.counts;
  });
  events.on('test:dequeue', ({ name }) => {
    if (files.includes(name)) console.log(`  … ${name}`);
  });
  let output = '';
  for await (const text of events.compose(spec)) output += String(text);
  const skipped = counts.skipped + counts.todo;
  return { passed: counts.passed, failed: counts.tests - counts.passed - skipped, skipped, output };
}
