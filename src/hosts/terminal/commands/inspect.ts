import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Architecture, Miss } from '../../../model/architecture.ts';
import type { Inspection } from '../../../loop/inspectStudy.ts';
import { locateLayers, type LocatedLayer } from '../../../model/locateLayers.ts';
import {
  BYTES_A_WEIGHT,
  flopsText,
  memoryText,
  parametersText,
  shapeText,
} from '../../../model/lens/words.ts';
import { vectorIn } from '../../../search/blocks/vectorOf.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

/**
 * `cortex inspect <model>`: the builder's layers with lines, output shapes, parameters and FLOPs.
 */
export function addInspectCommand(program: Command, run: RunCommand): void {
  program
    .command('inspect')
    .argument('<model>', 'model file, or the folder that holds it')
    .description('read a builder: its layers, output shapes, parameters and FLOPs')
    .action((model: string, flags: CommonFlags) =>
      run(flags, (context) => inspect(model, context)),
    );
}

async function inspect(
  model: string,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const study = await engine.openStudy(resolve(folder, model));
  const { architecture, lens, built, unbuilt } = await engine.inspectStudy(study, signal);
  const layers = locateLayers(lens, built);
  const { name, range } = architecture.builder;
  const parameters = built?.parameters ?? lens.parameters;
  const vector = vectorIn(architecture);
  output.document('inspect', {
    file: study.modelPath,
    language: architecture.language,
    builder: { name, startLine: range.startLine, endLine: range.endLine },
    layers: layers.map((layer) => ({
      ...layer,
      outputShape: layer.outputShape && [...layer.outputShape],
    })),
    parameters,
    memory: parameters === null ? null : parameters * BYTES_A_WEIGHT,
    flops: lens.flops,
    otherBuilders: [...(architecture.others ?? [])],
    vector,
  });
  output.print(
    `${name} in ${relative(folder, study.modelPath)}, lines ${range.startLine}–${range.endLine}`,
  );
  for (const words of otherBuilders(architecture)) output.print(words);
  for (const layer of layers) output.print(layerRow(layer));
  output.print(totals(parameters, lens.flops));
  if (vector) output.print(`Vector of blocks: ${JSON.stringify(vector)}`);
  for (const { line, why } of firstMisses(architecture)) output.print(`Line ${line}: ${why}.`);
  for (const words of outcomeText({ architecture, built, unbuilt }, parameters))
    output.print(words);
}

/** Whether it was built, and what it is compiled with. */
function outcomeText(
  { architecture, built, unbuilt }: Omit<Inspection, 'lens'>,
  parameters: number | null,
): readonly string[] {
  return [
    ...(unbuilt ? [`Not built: ${unbuilt.message}`] : []),
    ...(architecture.builder.kind === 'region' ? [] : [compileText(architecture)]),
    ...(built ? [] : [`Read from the source; not built.${parameters === null ? UNSAID : ''}`]),
  ];
}

/** No builder is chosen in silence. */
function otherBuilders({ others = [] }: Architecture): readonly string[] {
  const [first] = others;
  if (!first) return [];
  const named = others.map(({ name, line }) => `${name} in line ${line}`).join(', ');
  return [
    `Also in this file: ${named}. To mean another one: --builder ${first.name}, or "builder" in ` +
      'cortex.json.',
  ];
}

/** Where the reader stopped, each line once. */
const firstMisses = ({ misses = [] }: Architecture): readonly Miss[] =>
  misses
    .filter(({ line }, index) => misses.findIndex((one) => one.line === line) === index)
    .slice(0, 3);

/** What the model is compiled with, and where that stands. */
function compileText({ compile }: Architecture): string {
  if (!compile)
    return 'The file does not compile its model: Adam (0.001) and the loss of its task are used.';
  const { startLine } = compile.range;
  return compile.elsewhere === undefined
    ? `Compiled in line ${startLine}.`
    : `Compiled in line ${startLine}, outside of the builder.`;
}

const UNSAID =
  ' ?: the source does not say (a size that is handed in without a default value, a loop, a ' +
  'branch, a helper).';

function layerRow({ type, line, outputShape, parameters, flops }: LocatedLayer): string {
  const shape = outputShape ? shapeText(outputShape) : '?';
  const numbers = [
    parameters === null ? '?' : parametersText(parameters),
    flops === null ? '?' : flopsText(flops),
  ];
  return (
    `${(line ?? '').toString().padStart(5)}  ${type.padEnd(24)} ${shape.padEnd(18)} ` +
    `${numbers.map((text) => text.padStart(12)).join(' ')}`
  );
}

function totals(parameters: number | null, flops: number | null): string {
  const weights =
    parameters === null
      ? 'parameters unknown'
      : `${parametersText(parameters)} parameters · ${memoryText(parameters)}`;
  return (
    `${weights} · ` +
    `${flops === null ? 'FLOPs unknown' : `${flopsText(flops)} an example, forward`}`
  );
}
