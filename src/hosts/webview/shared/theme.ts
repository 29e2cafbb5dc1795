/** A colour of the theme by its role in a chart. */
export type ChartColor = 'blue' | 'green' | 'red' | 'purple' | 'yellow' | 'foreground' | 'lines';

/** The theme's colour as CSS text; charts draw on a canvas, where CSS variables mean nothing. */
export const chartColor = (color: ChartColor): string =>
  cssVariable(`--vscode-charts-${color}`) || cssVariable('--vscode-foreground') || 'currentColor';

/** The value of a CSS variable of the page. */
export const cssVariable = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Calls back when the user changes the theme. */
export function onThemeChange(changed: () => void): void {
  new MutationObserver(changed).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}

/** The same colour with an opacity of 0–1. */
export function withOpacity(color: string, opacity: number): string {
  const hex = /^#([\da-f]{6})/i.exec(color)?.[1];
  if (hex === undefined)
    return `color-mix(in srgb, ${color} ${Math.round(opacity * 100)}%, transparent)`;
  const [red, green, blue] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
