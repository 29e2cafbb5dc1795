import {
  ColorThemeKind,
  OverviewRulerLane,
  Range,
  ThemeColor,
  Uri,
  window,
  type DecorationRenderOptions,
  type Disposable,
  type TextEditor,
  type TextEditorDecorationType,
} from 'vscode';
import { changedWords, type ChangedWords } from '../../../review/changedWords.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import type { Review } from './review.ts';

type Kind = 'removed' | 'added' | 'removedWords' | 'addedWords' | 'inherited';
const KINDS: readonly Kind[] = ['removed', 'added', 'removedWords', 'addedWords', 'inherited'];
type Types = Readonly<Record<Kind, TextEditorDecorationType>>;

/**
 * Red above green in the theme's own diff colours, the words that changed in stronger ones, with a
 * sign in the gutter for eyes that do not tell them apart. Lines that came with the attempt a
 * proposal stands on say so.
 */
export function createReviewDecorations(host: Host): Disposable {
  const disposables = new Disposables();
  let types = createTypes(host);
  const paint = (): void => {
    for (const editor of window.visibleTextEditors) paintEditor(editor, host, types);
  };
  disposables.add(
    host.reviews.onDidChange(paint),
    window.onDidChangeVisibleTextEditors(paint),
    window.onDidChangeActiveColorTheme(() => {
      dispose(types);
      types = createTypes(host);
      paint();
    }),
    { dispose: () => dispose(types) },
  );
  return disposables;
}

function paintEditor(editor: TextEditor, { reviews }: Host, types: Types): void {
  const review = reviews.of(editor.document.uri);
  if (review?.uris.merged.toString() !== editor.document.uri.toString()) return;
  const words = changedWords(review.rows);
  for (const kind of ['removed', 'added'] as const) {
    editor.setDecorations(types[kind], linesOf(review, kind));
    editor.setDecorations(types[`${kind}Words`], wordsOf(words, kind));
  }
  editor.setDecorations(types.inherited, inheritedOf(review));
}

const linesOf = ({ rows }: Review, kind: 'removed' | 'added'): Range[] =>
  rows.flatMap((row, line) =>
    row.kind === kind ? [new Range(line, 0, line, row.text.length)] : [],
  );

const wordsOf = (words: readonly ChangedWords[], wanted: 'removed' | 'added'): Range[] =>
  words
    .filter(({ kind }) => kind === wanted)
    .map(({ line, start, end }) => new Range(line, start, line, end));

function inheritedOf({ rows, basis, inherited: lines }: Review) {
  if (!basis) return [];
  return rows.flatMap(({ kind, text }, line) =>
    kind !== 'added' && lines.has(text)
      ? [
          {
            range: new Range(line, text.length, line, text.length),
            renderOptions: { after: { contentText: `  from #${basis.number}` } },
          },
        ]
      : [],
  );
}

const createTypes = ({ extensionUri }: Host): Types => {
  const make = window.createTextEditorDecorationType;
  return {
    removed: make(lineOptions('removed', extensionUri)),
    added: make(lineOptions('added', extensionUri)),
    removedWords: make(wordOptions('removed')),
    addedWords: make(wordOptions('inserted')),
    inherited: make({
      after: { color: new ThemeColor('editorCodeLens.foreground'), fontStyle: 'italic' },
    }),
  };
};

const dispose = (types: Types): void => {
  for (const kind of KINDS) types[kind].dispose();
};

function lineOptions(kind: 'removed' | 'added', extensionUri: Uri): DecorationRenderOptions {
  const color = kind === 'removed' ? 'removed' : 'inserted';
  return {
    isWholeLine: true,
    backgroundColor: new ThemeColor(`diffEditor.${color}LineBackground`),
    ...(isHighContrast() && {
      borderStyle: kind === 'removed' ? 'dashed' : 'solid',
      borderWidth: '1px',
    }),
    borderColor: new ThemeColor(`diffEditor.${color}TextBorder`),
    gutterIconPath: Uri.joinPath(extensionUri, 'media', `review-${kind}.svg`),
    gutterIconSize: '60%',
    overviewRulerColor: new ThemeColor(`diffEditorOverview.${color}Foreground`),
    overviewRulerLane: OverviewRulerLane.Full,
  };
}

/** Themes without backgrounds in their diffs have a line under the words instead. */
const wordOptions = (color: 'removed' | 'inserted'): DecorationRenderOptions => ({
  backgroundColor: new ThemeColor(`diffEditor.${color}TextBackground`),
  ...(isHighContrast() && { textDecoration: 'underline', fontWeight: 'bold' }),
});

/** Themes whose diff colours have no background: a border has to tell the lines. */
const isHighContrast = (): boolean =>
  [ColorThemeKind.HighContrast, ColorThemeKind.HighContrastLight].includes(
    window.activeColorTheme.kind,
  );
