import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { listFiles, PackageManager } from '@vscode/vsce';

interface Page {
  readonly icon: string;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly galleryBanner: { readonly color: string; readonly theme: string };
}

/** Of those that the Marketplace has; it drops others without a word. */
const CATEGORIES = new Set(['AI', 'Chat', 'Data Science', 'Machine Learning', 'Visualization']);

/** More are refused when it is published. */
const MOST_KEYWORDS = 30;

describe('what the Marketplace shows', () => {
  const page = JSON.parse(readFileSync('package.json', 'utf8')) as Page;
  const readme = readFileSync('README.md', 'utf8');

  test('is found by category and keyword, and has a banner', () => {
    assert.ok(page.categories.length > 0);
    assert.deepEqual(
      page.categories.filter((name) => !CATEGORIES.has(name)),
      [],
    );
    assert.ok(page.keywords.length > 0 && page.keywords.length <= MOST_KEYWORDS);
    assert.match(page.galleryBanner.color, /^#[\da-f]{6}$/i);
    assert.match(page.galleryBanner.theme, /^(dark|light)$/);
  });

  test('ships the icon, square and large enough, and every picture of the README', async () => {
    const shipped = new Set(await listFiles({ packageManager: PackageManager.None }));
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
    assert.ok(pictures.length >= 3);
    assert.deepEqual(
      [page.icon, ...pictures].filter((file) => !shipped.has(file)),
      [],
    );
    const icon = readFileSync(page.icon);
    const [width, height] = [icon.readUInt32BE(16), icon.readUInt32BE(20)];
    assert.ok(width === height && width >= 128, `${width} × ${height}`);
  });
});
