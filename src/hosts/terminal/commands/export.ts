import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { comparedText, type Exported } from '../../../loop/export/exported.ts';
import {
  EXPORT_FORMATS,
  LOADED_BY,
  QUANTIZATIONS,
  type ExportFormat,
  type Quantization,
} from '../../../model/formats/exportFormat.ts';
import { exportDocument } from '../../../show/documents/exportDocument.ts';
import { formatNumber } from '../../../record/format.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseSeed } from '../numbers.ts';

/** `cortex export <attempt>`: the trained model as files, with a card that proves them. */
export function addExportCommand(program: Command, run: RunCommand): void {
  program
    .command('export')
    .argument('<attempt>', 'id, number or commit of an attempt')
    .description('write a trained model as files that your programs load, with a model card')
    .addOption(
      new Option('--format <format>', 'what to write (default: what trained it)').choices(
        EXPORT_FORMATS,
      ),
    )
    .addOption(new Option('--quantize <bits>', 'smaller weights').choices(QUANTIZATIONS))
    .option('--to <folder>', 'an empty or new folder (default: <study>-<number>)')
    .option('--fold', 'batch normalisation goes into the layers before it (tfjs, safetensors)')
    .option('--seed <n>', 'the seed whose weights are meant (default: the best)', parseSeed)
    .option('--train-again', 'train the seed again where its weights are not kept')
    .action((name: string, flags: ExportFlags) =>
      run(flags, (context) => exportAttempt(name, flags, context)),
    );
}

interface ExportFlags extends CommonFlags {
  readonly format?: ExportFormat;
  readonly quantize?: Quantization;
  readonly to?: string;
  readonly seed?: number;
  readonly trainAgain?: boolean;
  readonly fold?: boolean;
}

async function exportAttempt(
  attempt: string,
  flags: ExportFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, attempt);
  const { format = null, quantize = null } = flags;
  const name = [study.name.replace(/\W+/g, '-'), summary.number, ...(format ? [format] : [])];
  const to = flags.to ?? name.join('-');
  const exported = await engine.exportModel(study, {
    format,
    quantize,
    ...(flags.fold && { fold: true as const }),
    id: summary.id,
    folder: resolve(folder, to),
    seed: flags.seed ?? null,
    missing: flags.trainAgain ? 'train-again' : 'refuse',
    signal,
  });
  output.document('export', exportDocument(summary.id, quantize, exported));
  for (const line of linesOf(exported, to)) output.print(line);
}

function linesOf(exported: Exported, to: string): readonly string[] {
  const { folder, files, seed, measures, format } = exported;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return [
    `${folder}: ${files.map(({ name }) => name).join(', ')}, MODEL_CARD.md ` +
      `(${(bytes / 1024).toFixed(1)} KiB, seed ${seed})`,
    `Loaded again by another process: ${comparedText(exported)}; one row takes ` +
      `${formatNumber(measures['latencyMs'] ?? NaN)} ms.`,
    `Your program loads it by ${LOADED_BY[format](to)}; its inputs are scaled as ` +
      'preprocessing.json says.',
  ];
}
