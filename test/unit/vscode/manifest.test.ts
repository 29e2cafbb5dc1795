import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { contributedCommands, manifest, packagingRules } from './manifest.ts';
import {
  callsIn,
  constantsOf,
  literalsOf,
  membersOf,
  propertyStrings,
  treeOf,
  treesIn,
  valueOf,
} from './sourceTree.ts';

const { commands, menus, keybindings, views, viewsContainers, viewsWelcome, configuration } =
  manifest.contributes;

const sources = treesIn('src/hosts/vscode');
const contributions = treeOf('src/hosts/vscode/contributions.ts');
const constants = constantsOf(contributions);
const calls = callsIn(sources);

/** What the code gives to every call of this name in this place, where it is a string. */
const stringsGiven = (name: string, place: number): readonly string[] =>
  calls.filter((call) => call.name === name).flatMap(({ strings }) => strings[place] ?? []);

const stableContextKeys = new Set([
  'editorLangId',
  'editorTextFocus',
  'renameInputVisible',
  'suggestWidgetVisible',
  'isWorkspaceTrusted',
  'resourcePath',
  'resourceExtname',
  'explorerResourceIsFolder',
  'resourceLangId',
  'resourceScheme',
  'view',
  'viewItem',
  'isInDiffEditor',
  'false',
  'in',
  'not',
]);

describe('package.json and the code agree', () => {
  test('on commands: each is typed, registered and contributed', () => {
    const typed = [...membersOf(contributions, 'CommandArguments').keys()];
    assert.ok(typed.length > 20);
    assert.deepEqual([...contributedCommands].sort(), typed.toSorted());
    const registered = new Set(
      calls
        .filter(({ name }) => name.startsWith('regist'))
        .flatMap(({ strings }) => strings.slice(0, 2)),
    );
    assert.deepEqual(
      typed.filter((id) => !registered.has(id)),
      [],
    );
  });

  test('on settings: each is typed, has the same default, and is read', () => {
    const settings = treeOf('src/hosts/vscode/settings.ts');
    const typed = [...membersOf(settings, 'SettingTypes').keys()].map((key) => `cortex.${key}`);
    assert.deepEqual(Object.keys(configuration.properties).sort(), typed.toSorted());
    const written = constantsOf(settings).get('settingDefaults');
    assert.ok(written);
    const defaults = new Map(Object.entries(valueOf(written) as object));
    const read = new Set(stringsGiven('readSetting', 0));
    for (const [key, setting] of Object.entries(configuration.properties)) {
      const name = key.replace('cortex.', '');
      assert.deepEqual(defaults.get(name), setting.default, key);
      assert.ok(read.has(name), `${key} is never read`);
      assert.ok(setting.description ?? setting.markdownDescription, `${key} says what it is for`);
    }
  });

  test('on views, their containers and what they say when empty', () => {
    const ids = Object.values(views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(
      ids.toSorted(),
      [...constants].flatMap(([name, id]) => (name.endsWith('View') ? [valueOf(id)] : [])).sort(),
    );
    assert.ok(
      Object.keys(views).every((container) =>
        viewsContainers.activitybar.some(({ id }) => id === container),
      ),
    );
    assert.ok(viewsWelcome.every(({ view }) => ids.includes(view)));
    const keys = membersOf(contributions, 'ContextKeys');
    const statesOf = (key: string): readonly string[] => {
      const type = keys.get(`cortex.${key}`);
      return type ? literalsOf(type) : [];
    };
    for (const { when } of viewsWelcome)
      for (const [, key = '', state = ''] of when.matchAll(/cortex\.(\w+) == (\w+)/g))
        assert.ok(statesOf(key).includes(state), when);
  });

  test("on context keys: every one used in a `when` is set by the code or is VS Code's own", () => {
    const set = new Set(membersOf(contributions, 'ContextKeys').keys());
    const changed = new Set(stringsGiven('setContext', 0));
    assert.deepEqual(
      [...set].filter((key) => !changed.has(key)),
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
    const [scheme, prompt] = ['reviewScheme', 'promptScheme'].map((name) => {
      const id = constants.get(name);
      return id ? String(valueOf(id)) : '';
    });
    assert.ok(manifest.activationEvents.includes(`onFileSystem:${scheme ?? ''}`));
    const named = Object.values(menus)
      .flat()
      .flatMap(({ when }) =>
        [...(when ?? '').matchAll(/resourceScheme == ([\w-]+)/g)].map((match) => match[1]),
      );
    assert.deepEqual([...new Set(named)].sort(), [prompt, scheme]);
  });

  test('on pages: a tab of any kind wakes the extension when it comes back after a reload', () => {
    const kinds = propertyStrings(sources, 'viewType').map((kind) => `onWebviewPanel:${kind}`);
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
      assert.deepEqual(
        tools.map(({ name }) => name).sort(),
        stringsGiven('registerTool', 0).toSorted(),
      );
      assert.deepEqual(
        servers.map(({ id }) => id),
        stringsGiven('registerMcpServerDefinitionProvider', 0),
      );
      const keysRead = new Set(
        ['textIn', 'countIn', 'pathIn'].flatMap((reader) => stringsGiven(reader, 1)),
      );
      assert.deepEqual(
        [
          ...new Set(tools.flatMap(({ inputSchema }) => Object.keys(inputSchema.properties))),
        ].sort(),
        [...keysRead].sort(),
      );
      for (const { name, modelDescription, inputSchema } of tools)
        assert.ok(modelDescription.length > 80 && inputSchema.required.length === 1, name);
      assert.ok(packagingRules.includes('!dist/**'), 'every bundle is shipped');
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
