import type { SecretStorage } from 'vscode';

/** The server that is meant where no address is set. */
export const OPENAI_HOST = 'api.openai.com';

/**
 * API keys in the secret storage, one for each server: a workspace that redirects requests gets no
 * key that was set for another server.
 */
export class ApiKeys {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** The key for a server, `null` where none was set. */
  async get(server: string): Promise<string | null> {
    return (await this.#secrets.get(nameOf(server))) ?? null;
  }

  /** Keeps the key for a server, in place of an earlier one. */
  async set(server: string, key: string): Promise<void> {
    await this.#secrets.store(nameOf(server), key);
  }

  /** Forgets the key for a server. */
  async clear(server: string): Promise<void> {
    await this.#secrets.delete(nameOf(server));
  }
}

/**
 * Host and port of a server's address, with the protocol where it is not https; the address itself
 * where it is none. Empty: OpenAI's own.
 */
export function serverOf(baseUrl: string): string {
  if (baseUrl === '') return OPENAI_HOST;
  return URL.canParse(baseUrl) ? new URL(baseUrl).origin.replace(/^https:\/\//, '') : baseUrl;
}

const nameOf = (server: string): string => `cortex.apiKey:${server}`;
