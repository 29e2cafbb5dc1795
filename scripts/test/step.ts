import { spawn } from 'node:child_process';

/**
 * What a step of `npm test` came to. A step that is no test suite counts as failed or not, and adds
 * no passed tests.
 */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Shown under the step's heading. */
  readonly output: string;
}

/** One step of `npm test`. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<Outcome>;
}

/** A step that ran, with its time. */
export interface StepResult extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

/** Runs a step and prints its heading, time and output; a step that throws is one failure. */
export async function runStep(step: Step): Promise<StepResult> {
  const start = performance.now();
  console.log(`▶ ${step.name} …`);
  const outcome = await step.run().catch((error: unknown) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    output: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  const seconds = (performance.now() - start) / 1000;
  console.log(
    `\n── ${step.name} · ${seconds.toFixed(1)} s · ${outcome.failed > 0 ? 'FAILED' : 'ok'} ` +
      `${'─'.repeat(Math.max(0, 60 - step.name.length))}`,
  );
  if (outcome.output.trim()) console.log(outcome.output.trimEnd());
  return { ...outcome, name: step.name, seconds };
}

/** Runs a script of package.json; a non-zero exit code is one failure. */
export function npmStep(name: string, script: string): Step {
  return { name, run: () => runNpm(script) };
}

function runNpm(script: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ passed: 0, failed: code === 0 ? 0 : 1, skipped: 0, output });
    });
  });
}
