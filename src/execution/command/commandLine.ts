import { delimiter, dirname } from 'node:path';
import type { Study } from '../../study/study.ts';
import { seedingOf } from '../../study/commandSeeding.ts';
import { unknownPlaceholder } from './errors.ts';

/** A command as a shell runs it, and what it finds in its environment. */
export interface CommandLine {
  readonly text: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Where one run gets its numbers and its interpreter from. */
interface Filling {
  readonly seed: number;
  readonly python: string | null;
  readonly startFolder: string;
}

/** The study's command for one seed. Throws where it asks for something Cortex does not know. */
export function commandLine(study: Study, { seed, python, startFolder }: Filling): CommandLine {
  const { train = '', epochs, batchSize } = study.config;
  const known: Readonly<Record<string, number>> = { seed, epochs, batchSize };
  const text = train.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = known[name];
    if (value === undefined) throw unknownPlaceholder(whole, Object.keys(known));
    return String(value);
  });
  const isStarted = seedingOf(study.config) === 'start';
  return {
    text,
    environment: {
      ...process.env,
      ...(python !== null && { PATH: joined(dirname(python), process.env['PATH']) }),
      ...(isStarted && { PYTHONPATH: joined(startFolder, process.env['PYTHONPATH']) }),
      ...(isStarted && { CORTEX_START: '1' }),
      CORTEX_SEED: String(seed),
      CORTEX_EPOCHS: String(epochs),
      PYTHONHASHSEED: String(seed % 2 ** 32),
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      MPLBACKEND: 'Agg',
    },
  };
}

const joined = (first: string, rest: string | undefined): string =>
  rest ? `${first}${delimiter}${rest}` : first;
