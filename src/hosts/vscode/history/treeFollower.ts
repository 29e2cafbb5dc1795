import type { TreeView } from 'vscode';
import type { AttemptReference } from '../contributions.ts';
import type { HistoryNode } from './historyNode.ts';

/**
 * Remembers which rows stand where, so that an attempt chosen in another view can be shown in the
 * tree.
 */
export class TreeFollower {
  readonly #parents = new WeakMap<HistoryNode, HistoryNode>();
  readonly #rows = new Map<string, HistoryNode>();
  #shown: HistoryNode | null = null;

  /** Rows that the tree was given; returns them. */
  seen(parent: HistoryNode | undefined, children: readonly HistoryNode[]): HistoryNode[] {
    for (const child of children) {
      if (parent) this.#parents.set(child, parent);
      if (child.kind === 'attempt') this.#rows.set(keyOf(child), child);
    }
    return [...children];
  }

  /** The row above, as the tree asks for it. */
  parentOf(node: HistoryNode): HistoryNode | undefined {
    return this.#parents.get(node);
  }

  /**
   * Selects the row of a single attempt without taking the focus; several selected ones are left to
   * the view they were selected in.
   */
  async follow(
    tree: TreeView<HistoryNode>,
    [chosen, ...others]: readonly AttemptReference[],
  ): Promise<void> {
    const row =
      chosen && others.length === 0 && tree.visible ? this.#rows.get(keyOf(chosen)) : undefined;
    const isSelected = tree.selection.some(
      (node) => node.kind === 'attempt' && chosen !== undefined && keyOf(node) === keyOf(chosen),
    );
    if (!row || isSelected) return;
    this.#shown = row;
    try {
      await tree.reveal(row, { select: true, focus: false });
    } finally {
      if (this.#shown === row) this.#shown = null;
    }
  }

  /**
   * Whether a selection only tells of the row that is being shown: what was selected elsewhere has
   * perhaps gone on since.
   */
  isEcho([only, ...others]: readonly HistoryNode[]): boolean {
    return others.length === 0 && only !== undefined && only === this.#shown;
  }
}

const keyOf = ({ modelPath, attemptId }: AttemptReference): string => `${modelPath}#${attemptId}`;
