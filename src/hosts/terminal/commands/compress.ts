import type { Command } from 'commander';
import type { Compressed, Smaller } from '../../../loop/compress/smaller.ts';
import { formatNumber } from '../../../record/format.ts';
import { compressDocument } from '../../compressDocument.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseCount, parseShare, parseSize } from '../numbers.ts';
import { answerOf, exportFlags, frontOf, wayOf } from '../../../show/smallerWords.ts';
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
    .option('--confirm', 'open the sealed test part for the best of it')
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
  for (const line of linesOf(result, limit * KIBIBYTE)) output.print(line);
}

const linesOf = (compressed: Compressed, limit: number): readonly string[] => {
  const { metric, seeds, original, tried, best, confirmed, framework } = compressed;
  const front = frontOf(tried);
  const others = tried.length - front.length;
  return [
    `${original.bytes} bytes of weights, ${metric} ` +
      `${formatNumber(original.measures[metric] ?? NaN)} over ${plural(seeds.length, 'seed')}; ` +
      'size against metric of what came of it:',
    ...front.map((each) => `  ${lineOf(each, metric)}`),
    ...(others > 0 ? [`  and ${others} that one of these outdoes (--json lists all)`] : []),
    ...answerOf(compressed, limit),
    ...(best ? [`Take it home: cortex export ${best.attempt}${exportFlags(best, framework)}`] : []),
    ...(confirmed ? [confirmed.text] : []),
  ];
};

const lineOf = (each: Smaller, metric: string): string =>
  `${each.bytes} bytes  ${formatNumber(each.measures[metric] ?? NaN)}  ${each.verdict.kind}  ` +
  wayOf(each);
