/** `npm test`: every check of the project, with a summary and the count of tests at the end. */
import { extensionStep } from './test/extensionStep.ts';
import { nodeTestStep } from './test/nodeTests.ts';
import type { Step, StepResult } from './test/step.ts';
import { npmStep, runStep } from './test/step.ts';

const build = npmStep('build', 'build');
const lint = npmStep('lint', 'lint');
const types = npmStep('types', 'types');
const unit = nodeTestStep('unit', 'test/unit/**/*.test.ts', 2);
const tfjsNode = npmStep('tfjs-node (set-up)', 'tfjs-node');
const python = npmStep('Python (set-up)', 'python');
const integration = nodeTestStep('integration', 'test/{integration,hostile}/**/*.test.ts', 2);
const ui = nodeTestStep('UI, with real clicks', 'test/ui/**/*.test.ts', 1);

const withoutTfjsNode = `
******************************************************************************
*  tfjs-node COULD NOT BE SET UP ON THIS MACHINE.                            *
*  THE TRAINER WAS TESTED ON WEBASSEMBLY ONLY, NOT ON tfjs-node.             *
*  \`npm run tfjs-node\` says what is missing (Python's pip, a C++ compiler).  *
******************************************************************************`;

const inOrder = async (steps: readonly Step[]): Promise<StepResult[]> => {
  const results: StepResult[] = [];
  for (const step of steps) results.push(await runStep(step));
  return results;
};

const start = performance.now();
const built = await runStep(build);
// Lint and types are one process each and wait for nothing else; the rest share ports, git and
// workers and run in order.
const [checks, tests] = await Promise.all([
  inOrder([lint, types]),
  inOrder([unit, tfjsNode, python]),
]);
const rest = await inOrder([integration, extensionStep, ui]);
const results = [built, ...checks, ...tests, ...rest];
const code = report(results);
// All that was printed is through then; whatever a step left open keeps nobody waiting.
process.stdout.write('', () => process.exit(code));

function report(steps: readonly StepResult[]): number {
  const suites = steps.filter(({ name }) => name !== tfjsNode.name && name !== python.name);
  const lacks = steps.filter((step) => !suites.includes(step) && step.failed > 0);
  const passed = total(suites, 'passed');
  const failed = total(suites, 'failed');
  const time = seconds((performance.now() - start) / 1000);
  console.log(`\n${steps.map(summaryLine).join('\n')}\n${'total'.padEnd(28)}${time}`);
  if (lacks.some(({ name }) => name === tfjsNode.name)) console.log(withoutTfjsNode);
  console.log(lastLine(steps.find(({ name }) => name === python.name)?.output));
  console.log(`\n${passed} passed, ${failed} failed`);
  const incomplete = lacks.length > 0 || total(suites, 'skipped') > 0;
  return failed > 0 || passed === 0 || (incomplete && process.env.CI === 'true') ? 1 : 0;
}

function total(steps: readonly StepResult[], key: 'passed' | 'failed' | 'skipped'): number {
  return steps.reduce((sum, step) => sum + step[key], 0);
}

function summaryLine({ name, seconds: time, passed, failed, skipped }: StepResult): string {
  return (
    `${name.padEnd(28)}${seconds(time)}${String(passed).padStart(7)} ` +
    `passed${String(failed).padStart(5)} failed${skipped > 0 ? ` ${skipped} SKIPPED` : ''}`
  );
}

/** Which Python the tests had, or why none. */
function lastLine(output = ''): string {
  return output.trimEnd().split('\n').at(-1) ?? '';
}

function seconds(time: number): string {
  return `${time.toFixed(1).padStart(7)} s`;
}
