import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

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
interface Manifest {
  readonly enabledApiProposals?: unknown;
  readonly engines: { readonly vscode: string };
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
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { commands, menus, keybindings, views, viewsContainers, viewsWelcome, configuration } =
  manifest.contributes;
const contributed = new Set(commands.map(({ command }) => command));

const source = (path: string): string => readFileSync(path, 'utf8');
const sources = readdirSync('src/hosts/vscode', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => source(`src/hosts/vscode/${name}`));
const allSource = sources.join('\n');
const contributions = source('src/hosts/vscode/contributions.ts');
/** Keys of an interface in contributions.ts. */
const keysOf = (name: string): readonly string[] => {
  const body =
    new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(contributions)?.[1] ?? '';
  return [...body.matchAll(/^ {2}'?([\w.]+)'?: /gm)].map((match) => match[1] ?? '');
};

/**
 * Every menu id that is part of VS Code's stable API and used here; proposed ones do nothing for
 * real users.
 */
const stableMenus = new Set([
  'commandPalette',
  'editor/title',
  'editor/context',
  'explorer/context',
  'view/title',
  'view/item/context',
  'editor/title/run',
  'editor/title/context',
  'scm/title',
]);
const stableContextKeys = new Set([
  'isWorkspaceTrusted',
  'resourcePath',
  'resourceLangId',
  'resourceScheme',
  'view',
  'viewItem',
  'isInDiffEditor',
  'false',
  'in',
]);

describe('package.json and the code agree', () => {
  test('on commands: each is typed, registered and contributed', () => {
    const typed = keysOf('CommandArguments');
    assert.ok(typed.length > 20);
    assert.deepEqual([...contributed].sort(), typed.toSorted());
    const unregistered = typed.filter(
      (id) => !new RegExp(`regist\\w+\\((?:host, )?'${id.replaceAll('.', '\\.')}'`).test(allSource),
    );
    assert.deepEqual(unregistered, []);
  });

  test('on settings: each is typed, has the same default, and is read', () => {
    const typed = keysOf('SettingTypes').map((key) => `cortex.${key}`);
    assert.deepEqual(Object.keys(configuration.properties).sort(), typed.toSorted());
    const defaults =
      /settingDefaults: SettingTypes = (\{[\s\S]*?\n\})/.exec(
        source('src/hosts/vscode/settings.ts'),
      )?.[1] ?? '';
    for (const [key, setting] of Object.entries(configuration.properties)) {
      const name = key.replace('cortex.', '');
      const value =
        new RegExp(`^ {2}'?${name.replace('.', '\\.')}'?: (.*),$`, 'm').exec(defaults)?.[1] ?? '';
      assert.deepEqual(JSON.parse(value.replaceAll("'", '"')), setting.default, key);
      assert.ok(allSource.includes(`readSetting('${name}')`), `${key} is never read`);
      assert.ok(setting.description ?? setting.markdownDescription, `${key} says what it is for`);
    }
  });

  test('on views, their containers and what they say when empty', () => {
    const ids = Object.values(views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(
      ids.toSorted(),
      [...contributions.matchAll(/\w+View = '([\w.]+)'/g)].map((match) => match[1]).toSorted(),
    );
    assert.ok(
      Object.keys(views).every((container) =>
        viewsContainers.activitybar.some(({ id }) => id === container),
      ),
    );
    assert.ok(viewsWelcome.every(({ view }) => ids.includes(view)));
    const statesOf = (key: string): readonly string[] =>
      [
        ...(new RegExp(`'cortex\\.${key}': (.*);`).exec(contributions)?.[1] ?? '').matchAll(
          /'(\w+)'/g,
        ),
      ].map((match) => match[1] ?? '');
    for (const { when } of viewsWelcome)
      for (const [, key = '', state = ''] of when.matchAll(/cortex\.(\w+) == (\w+)/g))
        assert.ok(statesOf(key).includes(state), when);
  });

  test("on context keys: every one used in a `when` is set by the code or is VS Code's own", () => {
    const set = new Set(keysOf('ContextKeys'));
    assert.deepEqual(
      [...set].filter((key) => !allSource.includes(`setContext('${key}'`)),
      [],
    );
    const whens = [...Object.values(menus).flat(), ...keybindings, ...viewsWelcome]
      .flatMap(({ when }) => when ?? [])
      .concat(commands.flatMap(({ enablement }) => enablement ?? []));
    for (const when of whens) {
      const words =
        when
          .replace(/\/[^/]*\//g, '')
          .replace(/==\s*[\w.-]+/g, '')
          .match(/[a-zA-Z][\w.]*/g) ?? [];
      assert.deepEqual(
        words.filter((word) => !set.has(word) && !stableContextKeys.has(word)),
        [],
        when,
      );
    }
  });

  test('on schemes: the review file system wakes the extension', () => {
    const scheme = /reviewScheme = '([\w-]+)'/.exec(contributions)?.[1] ?? '';
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${scheme}`));
    const named = Object.values(menus)
      .flat()
      .flatMap(({ when }) =>
        [...(when ?? '').matchAll(/resourceScheme == ([\w-]+)/g)].map((match) => match[1]),
      );
    const prompt = /promptScheme = '([\w-]+)'/.exec(contributions)?.[1] ?? '';
    assert.deepEqual([...new Set(named)].sort(), [prompt, scheme]);
  });

  test('on pages: a tab of any kind wakes the extension when it comes back after a reload', () => {
    const kinds = [...allSource.matchAll(/viewType: '([\w.]+)'/g)].map(
      (match) => `onWebviewPanel:${match[1] ?? ''}`,
    );
    assert.deepEqual(
      manifest.activationEvents.filter((event) => event.startsWith('onWebviewPanel:')).toSorted(),
      kinds.toSorted(),
    );
  });

  test(
    'on tools and servers for agents: each is contributed and registered, reads every key of ' +
      'its schema, and is shipped',
    () => {
      const { languageModelTools: tools, mcpServerDefinitionProviders: servers } =
        manifest.contributes;
      const registered = (call: string): readonly string[] =>
        [...allSource.matchAll(new RegExp(`lm\\.${call}\\(\\s*'([\\w.]+)'`, 'g'))].map(
          (match) => match[1] ?? '',
        );
      assert.deepEqual(tools.map(({ name }) => name).sort(), registered('registerTool').toSorted());
      assert.deepEqual(
        servers.map(({ id }) => id),
        registered('registerMcpServerDefinitionProvider'),
      );
      const keysRead = new Set(
        [...allSource.matchAll(/(?:text|count|path)In\(input, '(\w+)'/g)].map((match) => match[1]),
      );
      assert.deepEqual(
        [
          ...new Set(tools.flatMap(({ inputSchema }) => Object.keys(inputSchema.properties))),
        ].sort(),
        [...keysRead].sort(),
      );
      for (const { name, modelDescription, inputSchema } of tools)
        assert.ok(modelDescription.length > 80 && inputSchema.required.length === 1, name);
      const shipped = source('.vscodeignore').split('\n');
      for (const bundle of ['cli', 'mcp'])
        assert.ok(shipped.includes(`!dist/${bundle}.cjs`), bundle);
    },
  );

  test('on files: icons and schemas exist', () => {
    const icons = [...viewsContainers.activitybar, ...Object.values(views).flat()].map(
      ({ icon }) => icon,
    );
    for (const path of [...icons, ...manifest.contributes.jsonValidation.map(({ url }) => url)])
      assert.ok(existsSync(path), path);
    for (const name of ['review-added.svg', 'review-removed.svg'])
      assert.ok(existsSync(`media/${name}`), name);
  });
});

describe('the walkthrough', () => {
  test('has four steps with pictures that are shipped, and commands that exist', () => {
    const { steps } = (
      JSON.parse(readFileSync('package.json', 'utf8')) as {
        contributes: {
          walkthroughs: readonly [
            {
              steps: readonly {
                description: string;
                media: { image: string };
                completionEvents: readonly string[];
              }[];
            },
          ];
        };
      }
    ).contributes.walkthroughs[0];
    assert.equal(steps.length, 4);
    const shipped = source('.vscodeignore').split('\n');
    for (const { description, media, completionEvents } of steps) {
      assert.ok(existsSync(media.image) && shipped.includes('!media/**'), media.image);
      const named = [
        ...description.matchAll(/command:([\w.]+)/g),
        ...completionEvents.join().matchAll(/onCommand:([\w.]+)/g),
      ].map((match) => match[1] ?? '');
      assert.deepEqual(
        named.filter((command) => !contributed.has(command)),
        [],
      );
      assert.ok(named.length >= 2);
    }
  });
});

describe('package.json', () => {
  test('menus, keys and welcome texts name contributed commands only', () => {
    const named = [...Object.values(menus).flat(), ...keybindings].map(
      ({ command }) => command ?? '',
    );
    assert.deepEqual(
      named.filter((command) => !contributed.has(command)),
      [],
    );
    const linked = viewsWelcome
      .flatMap(({ contents }) => [...contents.matchAll(/command:(cortex[\w.]+)/g)])
      .map((match) => match[1] ?? '');
    assert.deepEqual(
      linked.filter((command) => !contributed.has(command)),
      [],
    );
  });

  test('every command has a title under the category Cortex, and an icon where it is a button', () => {
    assert.deepEqual(
      commands.filter(({ title, category }) => category !== 'Cortex' || !/^[A-Z]/.test(title)),
      [],
    );
    const buttons = Object.entries(menus)
      .filter(([id]) => /title|item/.test(id))
      .flatMap(([, items]) => items)
      .map(({ command }) => command);
    assert.deepEqual(
      commands.filter(({ command, icon }) => buttons.includes(command) && !icon?.startsWith('$(')),
      [],
    );
  });

  test(
    'what has no trust to work with is not offered: every command asks for it, or for a place ' +
      'that exists in trusted workspaces alone',
    () => {
      const harmless = ['cortex.showOutput', 'cortex.openSettings', 'cortex.openExample'];
      const placed = new Set((menus['commandPalette'] ?? []).map(({ command }) => command));
      assert.deepEqual(
        commands.filter(
          ({ command, enablement }) =>
            enablement !== 'isWorkspaceTrusted' &&
            !harmless.includes(command) &&
            !placed.has(command),
        ),
        [],
      );
    },
  );

  test('what a row offers by mouse stands in its menu too, for the keyboard', () => {
    const items = menus['view/item/context'] ?? [];
    const places = (inline: boolean): readonly string[] =>
      items
        .filter(({ group }) => group?.startsWith('inline') === inline)
        .map(({ command, when }) => `${command ?? ''} ${when ?? ''}`);
    assert.deepEqual(
      places(true).filter((place) => !places(false).includes(place)),
      [],
    );
  });

  test('no two entries claim the same place in a menu', () => {
    for (const [id, items] of Object.entries(menus)) {
      const places = items.flatMap(({ when, group }) =>
        group === undefined ? [] : [`${when ?? ''} ${group}`],
      );
      assert.equal(new Set(places).size, places.length, id);
    }
  });

  test('no two keys collide in the same place', () => {
    const keys = keybindings.map(({ key, when }) => `${key} ${when}`);
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keybindings.every(({ when }) => when.includes('cortex.reviewActive')));
  });

  test(
    'no proposed API: none enabled, stable menus only, compiled against the oldest VS Code it ' +
      'promises',
    () => {
      assert.equal(manifest.enabledApiProposals, undefined);
      assert.deepEqual(
        Object.keys(menus).filter((id) => !stableMenus.has(id)),
        [],
      );
      assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines.vscode);
      assert.equal(
        readdirSync('src', { recursive: true, encoding: 'utf8' }).some((name) =>
          /vscode\.proposed/.test(name),
        ),
        false,
      );
    },
  );

  test('in an untrusted workspace nothing runs, and settings that choose code are ignored', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    for (const key of restrictedConfigurations) assert.ok(key in configuration.properties, key);
    for (const key of [
      'nodePath',
      'baseUrl',
      'model',
      'modelShare',
      'proposer',
      'maxTokens',
      'maxCostUsd',
      'thinkLoop.rounds',
      'thinkLoop.minutes',
      'thinkLoop.plateau',
    ])
      assert.ok(restrictedConfigurations.includes(`cortex.${key}`), key);
  });
});
