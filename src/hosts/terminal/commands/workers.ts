import type { Command } from 'commander';
import { plural } from '../../../util/plural.ts';
import type { Machine } from '../../../study/machines.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

/** `cortex workers`: where trials train, and what stands there. */
export function addWorkersCommand(program: Command, run: RunCommand): void {
  program
    .command('workers')
    .description('list the machines that train, with their slots and versions')
    .action((flags: CommonFlags) => run(flags, workers));
}

async function workers({ engine, output }: CommandContext): Promise<void> {
  const found = await engine.machines();
  const { executor, ray, slots, machines } = found;
  output.document('workers', { ...found, machines: [...machines] });
  output.print(
    ray === null
      ? `${plural(slots, 'trial')} side by side on this machine.`
      : `Ray ${ray} (${executor}): ${plural(machines.length, 'node')} with room for ` +
          `${plural(slots, 'trial')} of one CPU side by side.`,
  );
  for (const line of machines.map(machineLine)) output.print(line);
}

/** Clocks are set by hand here and there; nothing of Cortex's depends on them. */
const FAR_SECONDS = 5;

function machineLine({ host, address, ...machine }: Machine): string {
  const { cpus, gpus, memoryMB, slots, platform, versions, clockAhead } = machine;
  const size = [
    plural(cpus, 'CPU'),
    ...(gpus > 0 ? [plural(gpus, 'GPU')] : []),
    `${memoryMB} MB`,
    plural(slots, 'slot'),
  ];
  const told = versions
    ? Object.entries(versions).map(([name, version]) => `${name} ${version}`)
    : ['does not answer'];
  const skewed = clockAhead !== null && Math.abs(clockAhead) > FAR_SECONDS;
  return [
    `${host} (${address})  ${size.join(', ')}`,
    [platform, ...told].filter(Boolean).join(', '),
    ...(skewed ? [`its clock is ${String(clockAhead)} s ahead`] : []),
  ].join('  ');
}
