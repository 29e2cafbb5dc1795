import { readFileSync } from 'node:fs';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}
interface Setting {
  readonly default: unknown;
  readonly description?: string;
  readonly markdownDescription?: string;
}
interface View {
  readonly id: string;
  readonly icon: string;
}
interface WalkthroughStep {
  readonly description: string;
  /** A picture for each kind of theme, or a text. */
  readonly media: { readonly image?: Readonly<Record<string, string>>; readonly markdown?: string };
  readonly completionEvents?: readonly string[];
}
interface Manifest {
  readonly enabledApiProposals?: unknown;
  readonly engines: { readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: unknown;
      readonly restrictedConfigurations: readonly string[];
    };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly when: string;
    }[];
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsContainers: { readonly activitybar: readonly View[] };
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly when: string;
      readonly contents: string;
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly modelDescription: string;
      readonly inputSchema: { readonly properties: object; readonly required: readonly string[] };
    }[];
    readonly mcpServerDefinitionProviders: readonly {
      readonly id: string;
      readonly label: string;
    }[];
    readonly walkthroughs: readonly [{ readonly steps: readonly WalkthroughStep[] }];
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
  };
}

/** package.json, as far as VS Code and the tests read it. */
export const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The ids of all contributed commands. */
export const contributedCommands: ReadonlySet<string> = new Set(
  manifest.contributes.commands.map(({ command }) => command),
);

/** The lines of `.vscodeignore`: what is shipped stands there behind a `!`. */
export const packagingRules: readonly string[] = readFileSync('.vscodeignore', 'utf8').split('\n');
