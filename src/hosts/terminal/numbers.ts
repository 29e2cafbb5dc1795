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
