import {
  CodeLens,
  Hover,
  InlayHint,
  languages,
  MarkdownString,
  Range,
  type Disposable,
  type Position,
  type TextDocument,
} from 'vscode';
import { layerRows, layerText, summaryText } from '../../../model/lens/layerText.ts';
import type { LayerLens } from '../../../model/lens/lens.ts';
import type { BuilderLens } from '../../../loop/readLens.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { readSetting } from '../settings.ts';
import { modelLanguages } from '../study/modelFiles.ts';
import { BuilderLenses } from './builderLenses.ts';
import { EpochSeconds } from './epochSeconds.ts';

/**
 * Shapes, parameters and FLOPs beside the layers of a builder, in a hover, and in one line above
 * it.
 */
export function createBuilderLens(host: Host): Disposable {
  const disposables = new Disposables();
  const lenses = disposables.add(new BuilderLenses(host));
  const seconds = new EpochSeconds(host);
  disposables.add(
    languages.registerInlayHintsProvider(modelLanguages, {
      onDidChangeInlayHints: lenses.onDidChange,
      provideInlayHints: async (document, range, token) =>
        hintsIn(document, range, await lenses.of(document, token)),
    }),
    languages.registerHoverProvider(modelLanguages, {
      provideHover: async (document, position, token) =>
        hoverAt(document, position, await lenses.of(document, token)),
    }),
    languages.registerCodeLensProvider(modelLanguages, {
      onDidChangeCodeLenses: lenses.onDidChange,
      provideCodeLenses: async (document, token) =>
        summaryOf(await lenses.of(document, token), await seconds.of(document.fileName)),
    }),
  );
  return disposables;
}

function summaryOf(read: BuilderLens | null, seconds: number | null): CodeLens[] {
  if (!read || !readSetting('codeLens.enabled') || read.lens.layers.length === 0) return [];
  const line = read.architecture.builder.range.startLine - 1;
  return [
    new CodeLens(new Range(line, 0, line, 0), {
      title: summaryText(read.lens, seconds),
      command: '',
    }),
  ];
}

/** At the end of a layer's line; right behind the layer where its line holds another. */
function hintsIn(document: TextDocument, range: Range, read: BuilderLens | null): InlayHint[] {
  if (!read) return [];
  const {
    lens,
    lens: { layers },
  } = read;
  return layers.flatMap((layer) => {
    const text = layerText(layer, lens);
    if (text === null) return [];
    const line = layer.layer.range.endLine - 1;
    const crowded = layers.some(
      (other) => other !== layer && other.layer.range.endLine - 1 === line,
    );
    const place = crowded
      ? document.positionAt(layer.layer.range.end)
      : document.lineAt(line).range.end;
    if (!range.contains(place)) return [];
    const hint = new InlayHint(place, text);
    hint.paddingLeft = true;
    hint.tooltip = new MarkdownString(layerRows(layer, lens).join('\n'));
    return [hint];
  });
}

function hoverAt(
  document: TextDocument,
  position: Position,
  read: BuilderLens | null,
): Hover | undefined {
  const offset = document.offsetAt(position);
  const inside = (read?.lens.layers ?? []).filter(
    ({ layer: { range } }) => range.start <= offset && offset <= range.end,
  );
  const innermost = inside.reduce<LayerLens | null>(
    (best, layer) => (best && lengthOf(best) <= lengthOf(layer) ? best : layer),
    null,
  );
  if (!read || !innermost) return undefined;
  const { start, end } = innermost.layer.range;
  return new Hover(
    new MarkdownString(layerRows(innermost, read.lens).join('\n')),
    new Range(document.positionAt(start), document.positionAt(end)),
  );
}

const lengthOf = ({ layer: { range } }: LayerLens): number => range.end - range.start;
