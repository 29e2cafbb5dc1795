import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import type { Session } from './session.ts';

/**
 * By its name, everything that VS Code and Cortex wrote in a session: files, git objects, refs, and
 * what the workbench keeps in its browser.
 */
export type WrittenTexts = ReadonlyMap<string, string>;

/** Reads it all, byte by byte (as Latin-1, in which ASCII stays as it is). */
export async function writtenTexts({
  temporary,
  git,
  workbench: { page },
}: Session): Promise<WrittenTexts> {
  const files = await filesUnder(temporary);
  const texts = await Promise.all(
    files.map(
      async (path) =>
        [`file:${relative(temporary, path)}`, await readFile(path, 'latin1')] as const,
    ),
  );
  return new Map([
    ...texts,
    // Objects are compressed on disk; these are their contents, dangling ones too.
    ['git:objects', await git('cat-file', '--batch-all-objects', '--batch', '--unordered')],
    ['git:refs', await git('for-each-ref')],
    ...Object.entries(await page.evaluate<Record<string, string>>(READ_BROWSER)).map(
      ([name, text]) => [`browser:${name}`, text] as const,
    ),
  ]);
}

/**
 * The names of the texts that hold `secret`: as it is, in hexadecimal, or in base64 at any offset.
 */
export function holding(texts: WrittenTexts, secret: string): readonly string[] {
  const forms = [
    secret,
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    ...base64Forms(secret),
  ];
  return [...texts]
    .filter(([, text]) => forms.some((form) => text.includes(form)))
    .map(([name]) => name);
}

/**
 * What VS Code's own secret storage keeps, opened with the two halves of its key: one beside the
 * sealed text, one with the server.
 */
export const openSecretStorage = (page: Page): Promise<string> =>
  page.evaluate<string>(OPEN_SECRETS);

/** Packages and extensions were put there by the test. */
const NOT_WRITTEN: readonly string[] = ['node_modules', 'extensions'];

async function filesUnder(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder))
    .filter((name) => !NOT_WRITTEN.includes(name))
    .map((name) => join(folder, name));
  const found = await Promise.all(
    names.map(async (path) => {
      const entry = await lstat(path);
      if (entry.isDirectory()) return filesUnder(path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}

/** The part of base64 that does not depend on what stands before and after. */
const base64Forms = (secret: string): readonly string[] =>
  [0, 1, 2].map((offset) =>
    Buffer.from(`${' '.repeat(offset)}${secret}`)
      .toString('base64')
      .slice(4, -4),
  );

const READ_BROWSER = `(async () => {
  const asText = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value);
    return typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  };
  const done = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); });
  const texts = { localStorage: JSON.stringify({ ...localStorage }), sessionStorage: JSON.stringify({ ...sessionStorage }), cookies: document.cookie };
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const [keys, values] = await Promise.all(['getAllKeys', 'getAll'].map((read) => done(database.transaction(store).objectStore(store)[read]())));
      texts[name + '/' + store] = keys.map((key, index) => asText(key) + '=' + asText(values[index])).join('\\n');
    }
    database.close();
  }
  return texts;
})()`;

/**
 * As the workbench does it: AES-GCM, its key the exclusive or of the half that is stored and the
 * server's.
 */
const OPEN_SECRETS = `(async () => {
  const bytes = Uint8Array.from(atob(localStorage.getItem('secrets.provider').replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const server = new Uint8Array(await (await fetch('/mint-key', { method: 'POST' })).arrayBuffer());
  const raw = bytes.slice(0, 32).map((byte, index) => byte ^ server[index]);
  const key = await crypto.subtle.importKey('raw', raw, { name: 'AES-GCM' }, false, ['decrypt']);
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(32, 44) }, key, bytes.slice(44)));
})()`;
