import { ThemeColor, ThemeIcon } from 'vscode';
import type { VerdictKind } from '../../../record/verdict.ts';
import type { Role } from './historyNode.ts';

/** A shape and a colour per verdict; the shape alone tells them apart. */
const icons: Readonly<Record<VerdictKind, readonly [icon: string, color: string]>> = {
  better: ['pass-filled', 'charts.green'],
  worse: ['arrow-down', 'charts.red'],
  inconclusive: ['dash', 'charts.yellow'],
  invalid: ['warning', 'list.warningForeground'],
  crashed: ['error', 'list.errorForeground'],
  rejected: ['circle-slash', 'disabledForeground'],
  cancelled: ['debug-stop', 'disabledForeground'],
  baseline: ['home', 'foreground'],
};

/** The icon of an attempt: a star for the best, its verdict's otherwise. */
export function verdictIcon(verdict: VerdictKind, role: Role): ThemeIcon {
  if (role === 'best') return new ThemeIcon('star-full', new ThemeColor('charts.yellow'));
  const [icon, color] = icons[verdict];
  return new ThemeIcon(icon, new ThemeColor(color));
}
