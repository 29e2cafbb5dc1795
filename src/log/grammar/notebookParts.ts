/** What a line of a notebook's file is part of. */
export type NotebookPart = 'code' | 'html' | 'output';

/** Follows a notebook's file line by line, as Jupyter writes it: one string a line. */
export class NotebookParts {
  /** It is one, as far as was read. */
  isNotebook = false;
  private part: NotebookPart = 'output';

  /** Inside a list of lines: what its lines are cannot be told by themselves. */
  isInside(): boolean {
    return this.part !== 'output';
  }

  /** What the line is part of. */
  partOf(text: string): NotebookPart {
    const [, key = '', open = ''] = /^\s{0,99}"([\w/.+-]{1,60})"\s?:\s?([[{]?)/.exec(text) ?? [];
    this.isNotebook ||= key === 'cells' || key === 'cell_type' || key === 'nbformat';
    if (!this.isNotebook) return 'output';
    const { part } = this;
    if (key !== '' && open === '[' && !/\]\s?,?\s*$/.test(text)) this.part = partNamed(key);
    else if (part !== 'output' && /^\s{0,99}\]/.test(text)) this.part = 'output';
    return part === 'output' && key !== '' ? partNamed(key) : part;
  }
}

function partNamed(key: string): NotebookPart {
  if (key === 'source') return 'code';
  return key === 'text/html' ? 'html' : 'output';
}
