import type { Command } from 'commander';
import { plural } from '../../../util/plural.ts';
import { isFarOff, type Machine } from '../../../study/machines.ts';
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

function machineLine({ host, address, ...machine }: Machine): string {
  const { cpus, freeCpus, gpus, memoryMB, slots, platform, versions, clockAhead } = machine;
  const size = [
    plural(cpus, 'CPU') + (freeCpus === null ? '' : ` (${freeCpus} free)`),
    ...(gpus > 0 ? [plural(gpus, 'GPU')] : []),
    `${memoryMB} MB`,
    plural(slots, 'slot'),
  ];
  const told = versions
    ? Object.entries(versions).map(([name, version]) => `${name} ${version}`)
    : ['does not answer'];
  return [
    `${host} (${address})  ${size.join(', ')}`,
    [platform, ...told].filter(Boolean).join(', '),
    ...(isFarOff(clockAhead) ? [`its clock is ${String(clockAhead)} s ahead`] : []),
  ].join('  ');
}
