import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { contributedCommands, manifest, packagingRules } from './manifest.ts';

const { commands, menus, keybindings, viewsWelcome, configuration } = manifest.contributes;

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
describe('the walkthrough', () => {
  test('has five steps with pictures for every theme that are shipped, and commands that exist', () => {
    const { steps } = manifest.contributes.walkthroughs[0];
    assert.equal(steps.length, 5);
    assert.ok(packagingRules.includes('!media/**'));
    for (const { description, media, completionEvents = [] } of steps) {
      if (media.image)
        assert.deepEqual(Object.keys(media.image), ['dark', 'light', 'hc', 'hcLight']);
      const files = [...Object.values(media.image ?? {}), media.markdown ?? []].flat();
      assert.ok(files.length > 0);
      for (const file of files) assert.ok(existsSync(file) && file.startsWith('media/'), file);
      const named = [
        ...description.matchAll(/command:([\w.]+)/g),
        ...completionEvents.join().matchAll(/onCommand:([\w.]+)/g),
      ].map((match) => match[1] ?? '');
      assert.deepEqual(
        named.filter(
          (command) =>
            !contributedCommands.has(command) && command !== 'workbench.action.files.openFolder',
        ),
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
      named.filter((command) => !contributedCommands.has(command)),
      [],
    );
    const linked = viewsWelcome
      .flatMap(({ contents }) => [...contents.matchAll(/command:(cortex[\w.]+)/g)])
      .map((match) => match[1] ?? '');
    assert.deepEqual(
      linked.filter((command) => !contributedCommands.has(command)),
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
    for (const condition of [
      'cortex.reviewActive',
      'editorTextFocus',
      '!renameInputVisible',
      '!suggestWidgetVisible',
    ])
      assert.ok(
        keybindings.every(({ when }) => when.split(' && ').includes(condition)),
        condition,
      );
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
