import { ThemeColor, ThemeIcon, TreeItem } from 'vscode';
import { isFarOff, type Machine, type Machines } from '../../../study/machines.ts';
import { plural } from '../../../util/plural.ts';
import type { EngineHost } from '../engineHost.ts';
import { asCortexError } from '../errors.ts';
import { plainLabel } from '../labels.ts';

/** What trains, a row a machine; a cluster that cannot be had is a row that says why. */
export async function machineRows(engine: EngineHost): Promise<readonly TreeItem[]> {
  try {
    const machines = await (await engine.get()).machines();
    return [headOf(machines), ...machines.machines.map(machineRow)];
  } catch (thrown) {
    const { happened, remedy } = asCortexError(thrown);
    return [row(happened, remedy, new ThemeIcon('error', new ThemeColor('charts.red')))];
  }
}

const headOf = ({ executor, ray, slots, machines }: Machines): TreeItem =>
  row(
    ray === null ? 'This machine' : `Ray ${ray}`,
    `${executor} · ${plural(machines.length, 'node')} · ${plural(slots, 'trial')} side by side`,
    new ThemeIcon('server-environment'),
  );

function machineRow(machine: Machine): TreeItem {
  const { host, address, cpus, freeCpus, gpus, slots, versions, clockAhead } = machine;
  const parts = [
    plural(slots, 'slot'),
    freeCpus === null ? plural(cpus, 'CPU') : `${freeCpus} of ${plural(cpus, 'CPU')} free`,
    ...(gpus > 0 ? [plural(gpus, 'GPU')] : []),
    ...(isFarOff(clockAhead) ? [`clock ${String(clockAhead)} s ahead`] : []),
    ...(versions === null ? ['does not answer'] : []),
  ];
  const icon = versions === null ? 'debug-disconnect' : 'vm';
  const item = row(host, parts.join(' · '), new ThemeIcon(icon));
  const told = Object.entries(versions ?? {}).map(([name, version]) => `${name} ${version}`);
  item.tooltip = [`${host} (${address})`, parts.join(', '), told.join(', ')].join('\n');
  return item;
}

function row(label: string, description: string, icon: ThemeIcon): TreeItem {
  const item = new TreeItem(plainLabel(label, 80));
  item.description = description;
  item.tooltip = `${label} ${description}`;
  item.iconPath = icon;
  item.accessibilityInformation = { label: `${label}, ${description}` };
  return item;
}
