import type { AutopilotSpec } from '../../loop/autopilot/limits.ts';
import { runAutopilot, type AutopilotRun } from '../../loop/autopilot/runAutopilot.ts';
import type { Study } from '../../study/study.ts';
import { CortexError, cancelledError } from '../../util/errors.ts';
import { eventLine } from './autopilotLines.ts';
import { printReport } from './autopilotStudies.ts';
import type { CommandContext } from './commandContext.ts';

/** Runs an autopilot and prints its report. */
export async function flyAutopilot(
  studies: readonly Study[],
  spec: AutopilotSpec,
  context: CommandContext,
): Promise<void> {
  const { engine, machine, signal } = context;
  const run = await runAutopilot(studies, spec, {
    machine,
    store: engine.autopilots,
    work: engine,
    now: () => Date.now(),
    onEvent: (event) => {
      process.stderr.write(`${eventLine(event)}\n`);
    },
  });
  await printReport(run.studies, run.ended, context);
  if (signal.aborted) throw cancelledError('The autopilot');
  refuseFailed(run);
}

/** For cron and continuous integration: nothing but failures is a failure. */
function refuseFailed({ cycles }: AutopilotRun): void {
  const failed = cycles.findLast(({ end }) => end === 'failed');
  if (!failed || cycles.some(({ end }) => end !== 'failed')) return;
  throw new CortexError({
    code: 'autopilot-failed',
    kind: 'training',
    happened: `All that the autopilot did failed; the last, ${failed.study}: ${failed.text}`,
    expected: 'a task that comes to its end.',
    remedy: 'Look at the report: cortex autopilot report',
  });
}
