/** What a git command gets beside its arguments. */
export interface GitOptions {
  /** Standard input; a command that reads none may be given none. */
  readonly input?: string;
  /** A private index instead of the user's. */
  readonly indexFile?: string;
  /** Name and address for a user who has none. */
  readonly identity?: Identity | null;
}

/** Who a commit is by. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Settings that say who commits. */
export const IDENTITY_KEYS = [
  'GIT_AUTHOR_NAME',
  'GIT_AUTHOR_EMAIL',
  'GIT_COMMITTER_NAME',
  'GIT_COMMITTER_EMAIL',
];

/** Settings of the user that git may keep. */
export const CONFIG_KEYS = [
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
];

/**
 * Kept from the user's environment: everything that is not git's, no key of a language model,
 * and which configuration and name the user has chosen.
 */
export function environment({ indexFile, identity }: GitOptions): Record<string, string> {
  const kept = Object.entries(process.env).filter(([key]) => isKept(key)) as [string, string][];
  const { LC_ALL, LANG } = process.env;
  return {
    ...Object.fromEntries(kept),
    LC_MESSAGES: 'C',
    LANG: LC_ALL || LANG || 'C.UTF-8',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
    ...(identity ? { ...namesOf(identity, 'AUTHOR'), ...namesOf(identity, 'COMMITTER') } : {}),
  };
}

function isKept(key: string): boolean {
  const name = key.toUpperCase();
  if (IDENTITY_KEYS.includes(name) || CONFIG_KEYS.includes(name)) return true;
  return !/^(?:GIT_.*|EDITOR|VISUAL|PAGER|PREFIX|SSH_ASKPASS|LC_ALL|LC_MESSAGES|LANGUAGE|OPENAI_API_KEY)$/.test(
    name,
  );
}

/** What the user has set in the environment wins. */
const namesOf = ({ name, email }: Identity, role: string): Record<string, string> => ({
  [`GIT_${role}_NAME`]: process.env[`GIT_${role}_NAME`] || name,
  [`GIT_${role}_EMAIL`]: process.env[`GIT_${role}_EMAIL`] || email,
});
