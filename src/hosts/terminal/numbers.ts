import { InvalidArgumentError } from 'commander';

/** Parses a count from the command line: a whole number from 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1.');
  return value;
}

/** Parses a time in minutes: above 0, e.g. 0.5. */
export function parseMinutes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('Expected minutes above 0, e.g. 30.');
  return value;
}

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
export function parseSize(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('Expected a size above 0, e.g. 256.');
  return value;
}
