import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { locateLayers, type LocatedLayer } from '../../core/model/locateLayers.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

/** `cortex inspect <model>`: the builder's layers with lines, output shapes and parameters. */
export function addInspectCommand(program: Command, run: RunCommand): void {
  program
    .command('inspect')
    .argument('<model>', 'model file, or the folder that holds it')
    .description('read a builder: its layers, output shapes and parameters')
    .action((model: string, flags: CommonFlags) => run(flags, (context) => inspect(model, context)));
}

async function inspect(model: string, { engine, output, signal, folder }: CommandContext): Promise<void> {
  const study = await engine.openStudy(resolve(folder, model));
  const { architecture, built } = await engine.inspectStudy(study, signal);
  const layers = locateLayers(architecture, built);
  const { name, range } = architecture.builder;
  const parameters = built?.parameters ?? null;
  output.document('inspect', {
    file: study.modelPath,
    language: architecture.language,
    builder: { name, startLine: range.startLine, endLine: range.endLine },
    layers: layers.map((layer) => ({ ...layer, outputShape: layer.outputShape && [...layer.outputShape] })),
    parameters,
  });
  output.print(`${name} in ${relative(folder, study.modelPath)}, lines ${range.startLine}–${range.endLine}`);
  for (const layer of layers) output.print(layerRow(layer));
  output.print(parameters === null ? 'Not built: sizes are known only for builders that can be trained.' : `${parameters.toLocaleString('en')} parameters`);
}

function layerRow({ type, line, outputShape, parameters }: LocatedLayer): string {
  const shape = outputShape ? `[${outputShape.map((size) => size ?? '?').join(', ')}]` : '';
  return `${(line ?? '').toString().padStart(5)}  ${type.padEnd(24)} ${shape.padEnd(18)} ${(parameters?.toLocaleString('en') ?? '').padStart(10)}`;
}
