import { Option } from 'commander';
import { OBSERVE_SECONDS } from '../openTrainable.ts';
import { parseCount } from './numbers.ts';

/** How long the user's own Python script may run before it calls fit. */
export const observeOption = (): Option =>
  new Option('--observe-seconds <n>', 'how long your own Python script may run before it calls fit')
    .argParser(parseCount)
    .default(OBSERVE_SECONDS);
