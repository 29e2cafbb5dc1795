import type { Architecture } from '../../model/architecture.ts';
import type { ModelFile } from '../../model/modelFile.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import { fileName } from '../../util/fileName.ts';
import { fitLines, quoteData } from './quote.ts';

const LONGEST_BUILDER = 5_400;
const LONGEST_HEAD = 700;
const LONGEST_PROGRAM = 2_400;

/**
 * The builder's source, every line with its number in the file (`L12| `), and the imports above it.
 */
export function sourceSection({ text, language }: ModelFile, { builder }: Architecture): string {
  const lines = text.replace('\uFEFF', '').split(/\r?\n/);
  const imports = lines
    .slice(0, builder.range.startLine - 1)
    .filter((line) => /^\s*(import|from|const \w+ = require)\b/.test(line));
  const body = lines
    .slice(builder.range.startLine - 1, builder.range.endLine)
    .map((line, index) => `L${builder.range.startLine + index}| ${line}`);
  return [
    `The model file is ${language}. Its imports:`,
    quoteData('imports', fitLines(imports, LONGEST_HEAD).join('\n')),
    `Its builder ${builder.name}:`,
    quoteData('builder', fitLines(body, LONGEST_BUILDER).join('\n')),
  ].join('\n');
}

/** The marked region with the numbers of its lines, and the program that it stands in. */
export function regionSection({ path, text }: ModelFile, { builder }: Architecture): string {
  const lines = text.replace('\uFEFF', '').split(/\r?\n/);
  const { startLine, endLine } = builder.range;
  const own = lines
    .slice(startLine - 1, endLine)
    .map((line, index) => `L${startLine + index}| ${line}`);
  const around = [...lines.slice(0, startLine - 1), '… the region …', ...lines.slice(endLine)];
  return [
    `The program ${fileName(path)}, as it stands around the region:`,
    quoteData('program', fitLines(around, LONGEST_PROGRAM).join('\n')),
    'The region:',
    quoteData('region', fitLines(own, LONGEST_BUILDER).join('\n')),
  ].join('\n');
}

/** Shapes, sizes and balance of the data; never a value of it. */
export function dataSection(data: DataProfile | null): string {
  if (!data) return 'The data has not been read yet.';
  const shares =
    data.classShares.length === 0
      ? ''
      : `, class shares ${Math.min(...data.classShares).toFixed(3)} to ` +
        `${Math.max(...data.classShares).toFixed(3)}`;
  return (
    `Data: ${data.task}, input [${data.inputShape.join(', ')}], ${data.outputUnits} output ` +
    `units, ${data.rows.train} training and ${data.rows.validation} validation rows${shares}.`
  );
}
