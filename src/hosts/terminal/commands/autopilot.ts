import { Option, type Command } from 'commander';
import { trainableStudies } from '../autopilotStudies.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { flyAutopilot } from '../flyAutopilot.ts';
import { addModelOptions, parseMoney } from '../modelOptions.ts';
import { parseCount, parseEnergy, parseHours, parseTime } from '../numbers.ts';
import { addAutopilotWords } from './autopilotWords.ts';

interface AutopilotFlags extends CommonFlags {
  readonly once?: boolean;
  readonly hours?: number;
  readonly untilTime?: number;
  readonly tasks: number;
  readonly maxWh?: number;
}

/** `cortex autopilot [model…]`: improvement that goes on by itself. */
export function addAutopilotCommand(program: Command, run: RunCommand): void {
  const command = addModelOptions(
    program
      .command('autopilot')
      .argument(
        '[model...]',
        'model files, or folders of studies (default: all of this repository)',
      )
      .description('find out what is worth doing, do it, judge it, and go on (docs/autopilot.md)')
      .option('--once', 'one task a study, then the end: for cron and continuous integration')
      .addOption(
        new Option(
          '--hours <h>',
          'ends after so many hours (default: when nothing is left to do)',
        ).argParser(parseHours),
      )
      .addOption(
        new Option('--until-time <t>', 'ends at a time of day, e.g. 7:30').argParser((text) =>
          parseTime(text),
        ),
      )
      .option('--max-usd <usd>', 'ends when language models have taken so much', parseMoney)
      .addOption(
        new Option(
          '--max-wh <wh>',
          'ends when training has taken so many watt-hours (an estimate)',
        ).argParser(parseEnergy),
      )
      .option('--tasks <n>', 'studies that are worked on at the same time', parseCount, 3),
  );
  command.action((models: readonly string[], flags: AutopilotFlags) =>
    run(flags, (context) => autopilot(models, flags, context)),
  );
  addAutopilotWords(command, run);
}

async function autopilot(
  models: readonly string[],
  { once, hours, untilTime, maxUsd, maxWh, tasks }: AutopilotFlags,
  context: CommandContext,
): Promise<void> {
  const studies = await trainableStudies(models, context);
  await flyAutopilot(
    studies,
    {
      scope: once ? 'once' : 'until-done',
      // They cannot be shared out before it is known what each has taken.
      tasks: maxUsd === undefined && maxWh === undefined ? tasks : 1,
      ...(hours !== undefined && { hours }),
      ...(untilTime !== undefined && { until: untilTime }),
      ...(maxUsd !== undefined && { maxUsd }),
      ...(maxWh !== undefined && { maxWattHours: maxWh }),
      signal: context.signal,
    },
    context,
  );
}
