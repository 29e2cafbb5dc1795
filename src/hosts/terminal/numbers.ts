import { InvalidArgumentError } from 'commander';

/** Parses a count from the command line: a whole number from 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1.');
  return value;
}

/** Parses a time in minutes: above 0, e.g. 0.5. */
export const parseMinutes = (text: string): number =>
  positive(text, 'Expected minutes above 0, e.g. 30.');

/** Parses a seed from the command line: a whole number. */
export function parseSeed(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('Expected a whole number.');
  return value;
}

/** Parses a share from the command line: above 0 and below 1. */
export function parseShare(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1))
    throw new InvalidArgumentError('Expected a share between 0 and 1, e.g. 0.01.');
  return value;
}

/** Parses a size in KiB from the command line: above 0, e.g. 0.5. */
export const parseSize = (text: string): number =>
  positive(text, 'Expected a size above 0, e.g. 256.');

/** Parses a time in hours: above 0, e.g. 0.5. */
export const parseHours = (text: string): number =>
  positive(text, 'Expected hours above 0, e.g. 8.');

/** Parses watt-hours: above 0, e.g. 200. */
export const parseEnergy = (text: string): number =>
  positive(text, 'Expected watt-hours above 0, e.g. 200.');

/** Parses a weight: above 0, at most 100. */
export function parseWeight(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100))
    throw new InvalidArgumentError('Expected a number above 0, at most 100; 1 changes nothing.');
  return value;
}

/**
 * Parses a time of day (`7:30`: the next time a clock shows it) or a date with a time
 * (`2026-12-01T07:30`), to milliseconds since the epoch; refuses what is over.
 */
export function parseTime(text: string, now = Date.now()): number {
  const { hours, minutes } = /^(?<hours>\d{1,2}):(?<minutes>\d{2})$/.exec(text)?.groups ?? {};
  const isTime = Number(hours) < 24 && Number(minutes) < 60;
  const at = isTime ? nextAt(Number(hours), Number(minutes), now) : Date.parse(text);
  const isDate = isTime || /^\d{4}-\d{2}-\d{2}T/.test(text);
  if (!isDate || !(at > now))
    throw new InvalidArgumentError('Expected a time to come: 7:30, or 2026-12-01T07:30.');
  return at;
}

function nextAt(hours: number, minutes: number, now: number): number {
  const date = new Date(now);
  date.setHours(hours, minutes, 0, 0);
  if (date.getTime() <= now) date.setDate(date.getDate() + 1);
  return date.getTime();
}

function positive(text: string, expected: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError(expected);
  return value;
}
