/** One line of a hunk. */
export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'same';
  readonly text: string;
  /** 1-based, in the text before and after; `null` where the line is not in it. */
  readonly before: number | null;
  readonly after: number | null;
}

/** A part of a unified diff with its lines. */
export interface DiffHunk {
  readonly header: string;
  readonly lines: readonly DiffLine[];
}

/** The hunks of a unified diff of one file, each line with its numbers; empty for an empty diff. */
export function diffHunks(diff: string): readonly DiffHunk[] {
  const [, ...parts] = diff.split(/^(?=@@ )/m);
  return (diff.startsWith('@@ ') ? diff.split(/^(?=@@ )/m) : parts).map((part) => {
    const [header = '', ...lines] = part.replace(/\n$/, '').split('\n');
    return {
      header,
      lines: linesOf(
        header,
        lines.filter((line) => !line.startsWith('\\')),
      ),
    };
  });
}

function linesOf(header: string, lines: readonly string[]): readonly DiffLine[] {
  const start = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(header);
  let [before, after] = [Number(start?.[1] ?? 1), Number(start?.[2] ?? 1)];
  return lines.map((line): DiffLine => {
    const text = line.slice(1);
    if (line.startsWith('+')) return { kind: 'added', text, before: null, after: after++ };
    if (line.startsWith('-')) return { kind: 'removed', text, before: before++, after: null };
    return { kind: 'same', text, before: before++, after: after++ };
  });
}
