import {
  ColorThemeKind,
  OverviewRulerLane,
  Range,
  ThemeColor,
  Uri,
  window,
  type Disposable,
  type TextEditor,
  type TextEditorDecorationType,
} from 'vscode';
import type { Row } from '../../../review/mergedView.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';

/**
 * Red above green in the theme's own diff colours, with a sign in the gutter for eyes that do not
 * tell them apart.
 */
export function createReviewDecorations(host: Host): Disposable {
  const disposables = new Disposables();
  const types = {
    removed: disposables.add(decoration('removed', host)),
    added: disposables.add(decoration('added', host)),
  };
  const paint = (): void => {
    for (const editor of window.visibleTextEditors) paintEditor(editor, host, types);
  };
  disposables.add(host.reviews.onDidChange(paint), window.onDidChangeVisibleTextEditors(paint));
  return disposables;
}

function paintEditor(
  editor: TextEditor,
  { reviews }: Host,
  types: Readonly<Record<'removed' | 'added', TextEditorDecorationType>>,
): void {
  const review = reviews.of(editor.document.uri);
  if (review?.uris.merged.toString() !== editor.document.uri.toString()) return;
  for (const kind of ['removed', 'added'] as const)
    editor.setDecorations(types[kind], rangesOf(review.rows, kind));
}

const rangesOf = (rows: readonly Row[], kind: Row['kind']): Range[] =>
  rows.flatMap((row, line) =>
    row.kind === kind ? [new Range(line, 0, line, row.text.length)] : [],
  );

function decoration(kind: 'removed' | 'added', { extensionUri }: Host): TextEditorDecorationType {
  const color = kind === 'removed' ? 'removed' : 'inserted';
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor(`diffEditor.${color}LineBackground`),
    ...(isHighContrast()
      ? { borderStyle: kind === 'removed' ? 'dashed' : 'solid', borderWidth: '1px' }
      : {}),
    borderColor: new ThemeColor(`diffEditor.${color}TextBorder`),
    gutterIconPath: Uri.joinPath(extensionUri, 'media', `review-${kind}.svg`),
    gutterIconSize: '60%',
    overviewRulerColor: new ThemeColor(`diffEditorOverview.${color}Foreground`),
    overviewRulerLane: OverviewRulerLane.Full,
  });
}

/** Themes whose diff colours have no background: a border has to tell the lines. */
const isHighContrast = (): boolean =>
  [ColorThemeKind.HighContrast, ColorThemeKind.HighContrastLight].includes(
    window.activeColorTheme.kind,
  );
