import type { Command } from 'commander';
import type { Compressed, Smaller } from '../../../loop/compress/smaller.ts';
import { formatNumber } from '../../../record/format.ts';
import { compressDocument } from '../../compressDocument.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseCount, parseShare, parseSize } from '../numbers.ts';
import { plural } from '../../../util/plural.ts';

/** `cortex compress <attempt>`: the same model, smaller, as far as it stays as good. */
export function addCompressCommand(program: Command, run: RunCommand): void {
  program
    .command('compress')
    .argument('<attempt>', 'id, number or commit of an attempt')
    .description('make a trained model smaller: fewer bits, fewer units, a student of its own')
    .option('--limit <KiB>', 'largest size of the weights (default: none)', parseSize)
    .option('--may-lose <share>', 'what may be lost, e.g. 0.01 of accuracy', parseShare, 0.01)
    .option('--metric <key>', 'what is held (default: val_accuracy, or the study metric)')
    .option('--confirm', 'open the sealed test part for the smallest that holds')
    .option('--seeds <n>', 'seeds to compare on (default: judge.maxSeeds)', parseCount)
    .action((name: string, flags: CompressFlags) =>
      run(flags, (context) => compress(name, flags, context)),
    );
}

interface CompressFlags extends CommonFlags {
  /** KiB. */
  readonly limit?: number;
  readonly mayLose: number;
  readonly metric?: string;
  readonly seeds?: number;
  readonly confirm?: boolean;
}

const KIBIBYTE = 1024;

async function compress(
  name: string,
  { limit = Infinity, mayLose, metric, seeds, confirm }: CompressFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, name);
  const result = await engine.compress(study, {
    id: summary.id,
    limit: limit * KIBIBYTE,
    metric: metric ?? null,
    mayLose,
    seeds: seeds ?? null,
    ...(confirm && { confirm: true as const }),
    signal,
  });
  output.document('compress', compressDocument(summary.id, result));
  for (const line of linesOf(result)) output.print(line);
}

const linesOf = ({
  metric,
  margin,
  seeds,
  original,
  tried,
  best,
  confirmed,
}: Compressed): readonly string[] => [
  `${original.bytes} bytes of weights, ${metric} ` +
    `${formatNumber(original.measures[metric] ?? NaN)} over ${plural(seeds.length, 'seed')}:`,
  ...tried.map((each) => `  ${lineOf(each, metric)}`),
  best
    ? `Smallest that is not worse by more than ${formatNumber(margin)}: ${lineOf(best, metric)}. ` +
      `Take it home: cortex export ${best.attempt}`
    : `No smaller model within ${formatNumber(margin)} of ${metric}.`,
  ...(confirmed ? [confirmed.text] : []),
];

const lineOf = (
  { bytes, method, change, precision, measures, verdict }: Smaller,
  metric: string,
): string =>
  `${bytes} bytes  ${formatNumber(measures[metric] ?? NaN)}  ${verdict.kind}  ` +
  `${[method, change, precision].filter((part) => part !== '').join(', ')}`;
