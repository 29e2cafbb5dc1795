import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { plainLabel } from '../labels.ts';

/** What a row shows. */
interface Parts {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: ThemeIcon;
  readonly context: string;
  /** Where the description is cut. */
  readonly tooltip?: string;
  readonly isOpen?: true;
}

/** A row of the view, with what stands below it. */
export class Row extends TreeItem {
  readonly children: () => Promise<readonly Row[]>;

  constructor(parts: Parts, children?: () => Promise<readonly Row[]>) {
    super(
      plainLabel(parts.label, 80),
      collapsible(parts, children !== undefined ? 'some' : 'none'),
    );
    this.id = parts.id;
    this.description = parts.description;
    this.iconPath = parts.icon;
    this.contextValue = parts.context;
    this.tooltip = parts.tooltip ?? `${parts.label}: ${parts.description}`;
    this.accessibilityInformation = { label: `${parts.label}, ${parts.description}` };
    this.children = children ?? (() => Promise.resolve([]));
  }
}

const collapsible = ({ isOpen }: Parts, below: 'some' | 'none'): TreeItemCollapsibleState => {
  if (below === 'none') return TreeItemCollapsibleState.None;
  return isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
};

/** The row of a study; it points at its model file, for commands. */
export class StudyRow extends Row {
  readonly modelPath: string;

  constructor(modelPath: string, parts: Parts, children?: () => Promise<readonly Row[]>) {
    super(parts, children);
    this.modelPath = modelPath;
  }
}

/** An icon in one of the theme's colours. */
export const colored = (icon: string, color: string): ThemeIcon =>
  new ThemeIcon(icon, new ThemeColor(color));
