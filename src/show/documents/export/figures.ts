import { isContender } from '../../../record/kinds.ts';
import { formatNumber } from '../../../record/format.ts';
import { isBetterValue } from '../../../study/objective.ts';
import type { Objective } from '../../../record/studyConfig.ts';
import type { HistoryDocument } from '../historyDocument.ts';
import { escapeHtml } from './escapeHtml.ts';
import { scale, type Scale } from './scale.ts';

type Aim = Pick<Objective, 'metric' | 'direction'>;

type AttemptRow = HistoryDocument['attempts'][number];

interface Point {
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

/**
 * Every measured attempt with its noise, and the best so far as a line that steps where an attempt
 * was judged better.
 */
export function progressFigure(attempts: readonly AttemptRow[], objective: Aim): string {
  const points = attempts
    .flatMap((attempt): Point[] =>
      attempt.metric
        ? [{ x: attempt.number, y: attempt.metric.mean, spread: attempt.noiseFloor ?? 0, attempt }]
        : [],
    )
    .sort((a, b) => a.x - b.x);
  return figure(points, {
    title: `${objective.metric} of every attempt, and the best so far`,
    x: 'attempt',
    y: objective.metric,
    line: stairs(points, PROVEN, objective),
  });
}

/** Metric against parameters; the line joins those that no smaller one beats. */
export function sizeFigure(attempts: readonly AttemptRow[], objective: Aim): string {
  const points = attempts
    .flatMap((attempt): Point[] =>
      attempt.metric && attempt.parameters !== null
        ? [{ x: attempt.parameters, y: attempt.metric.mean, spread: 0, attempt }]
        : [],
    )
    .sort((a, b) => a.x - b.x);
  return figure(points, {
    title: `${objective.metric} against parameters, and the Pareto front`,
    x: 'parameters',
    y: objective.metric,
    line: stairs(points, MEASURED, objective),
  });
}

/** The best value up to each point, of those whose verdict counts: stairs. */
function stairs(
  points: readonly Point[],
  counting: ReadonlySet<string>,
  objective: Aim,
): readonly (readonly [number, number])[] {
  let best: number | null = null;
  return points.flatMap(({ x, y, attempt }) => {
    const before = best;
    if (
      counting.has(attempt.verdict) &&
      isContender(attempt) &&
      (best === null || isBetterValue(objective, y, best))
    )
      best = y;
    return [before, best].flatMap((level) => (level === null ? [] : [[x, level] as const]));
  });
}

/** What may be the best: a lower number that the judge could not tell from luck is none. */
const PROVEN = new Set(['baseline', 'better']);

const MEASURED = new Set([...PROVEN, 'worse', 'inconclusive']);

interface Labels {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly line: readonly (readonly [number, number])[];
}

function figure(points: readonly Point[], { title, x, y, line }: Labels): string {
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

function dot({ y, spread, attempt }: Point, cx: number, up: Scale): string {
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
