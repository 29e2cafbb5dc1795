import { formatNumber } from '../../../record/format.ts';
import type { HistoryDocument } from '../historyDocument.ts';
import { escapeHtml } from './escapeHtml.ts';
import { scale } from './scale.ts';
import type { Scale } from './scale.ts';

/** A point of a figure, in units of its axes. */
export interface FigurePoint {
  readonly x: number;
  readonly y: number;
  /** Half the height of its bar; 0 for none. */
  readonly spread: number;
  readonly attempt: AttemptRow;
}

const WIDTH = 760;

const HEIGHT = 300;

const LEFT = 70;

const RIGHT = 20;

const TOP = 28;

const BOTTOM = 40;

/** What may be the best: a lower number that the judge could not tell from luck is none. */
export const PROVEN = new Set(['baseline', 'better']);

/** Colour of what was measured. */
export const MEASURED = new Set([...PROVEN, 'worse', 'inconclusive']);

interface Labels {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly line: readonly (readonly [number, number])[];
}

/** A drawing with axes, ticks and labels around what is drawn in it. */
export function figure(points: readonly FigurePoint[], { title, x, y, line }: Labels): string {
  if (points.length === 0) return '<p>Nothing was measured.</p>';
  const across = scale(
    points.map((point) => point.x),
    [LEFT, WIDTH - RIGHT],
  );
  const up = scale(
    points.flatMap((point) => [point.y - point.spread, point.y + point.spread]),
    [HEIGHT - BOTTOM, TOP],
  );
  const ticks = up.ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${up.at(tick)}" ` +
      `y2="${up.at(tick)}"/><text x="${LEFT - 8}" y="${up.at(tick) + 4}" ` +
      `text-anchor="end">${formatNumber(tick)}</text>`,
  );
  const below = wholeTicks(points.map((point) => point.x)).map(
    (tick) =>
      `<text x="${across.at(tick)}" y="${HEIGHT - BOTTOM + 18}" ` +
      `text-anchor="middle">${tick.toLocaleString('en')}</text>`,
  );
  const path = line
    .map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${across.at(px)} ${up.at(py)}`)
    .join('');
  const [bottom, right] = [HEIGHT - BOTTOM, WIDTH - RIGHT];
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" ` +
      `aria-label="${escapeHtml(title)}">`,
    `<title>${escapeHtml(title)}</title>`,
    `${ticks.join('')}${below.join('')}`,
    `<line class="axis" x1="${LEFT}" x2="${right}" y1="${bottom}" y2="${bottom}"/>`,
    `<text x="${right}" y="${HEIGHT - 6}" text-anchor="end">${escapeHtml(x)}</text>` +
      `<text x="${LEFT - 8}" y="12" text-anchor="end">${escapeHtml(y)}</text>`,
    `<path class="line" d="${path}"/>`,
    points.map((point) => dot(point, across.at(point.x), up)).join('\n'),
    '</svg>',
  ].join('\n');
}

function dot({ y, spread, attempt }: FigurePoint, cx: number, up: Scale): string {
  const bar =
    spread > 0
      ? `<line class="bar" x1="${cx}" x2="${cx}" y1="${up.at(y - spread)}" ` +
        `y2="${up.at(y + spread)}"/>`
      : '';
  return (
    `${bar}<circle class="dot ${attempt.verdict}" cx="${cx}" cy="${up.at(y)}" ` +
    `r="4"><title>#${attempt.number} ${escapeHtml(attempt.title)}: ${formatNumber(y)}, ` +
    `${attempt.verdict}</title></circle>`
  );
}

/** Five whole numbers at most, evenly apart: there is no attempt 1.5. */
function wholeTicks(sorted: readonly number[]): readonly number[] {
  const [low = 0, high = low] = [sorted[0], sorted.at(-1)];
  const step = Math.max(1, Math.ceil((high - low) / 4));
  return Array.from(
    { length: Math.floor((high - low) / step) + 1 },
    (_, index) => low + index * step,
  );
}

/** An attempt as an export lists it. */
export type AttemptRow = HistoryDocument['attempts'][number];
