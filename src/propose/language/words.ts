/**
 * What a host calls the things an error tells its user to set: a flag in the terminal, a setting in
 * VS Code.
 */
export interface LanguageWords {
  /** How a key is given: `Set OPENAI_API_KEY`. */
  readonly setKey: string;
  readonly model: string;
  readonly server: string;
  readonly maxTokens: string;
  readonly maxCost: string;
  readonly prices: string;
  /** How to do without: `--proposer offline`. */
  readonly offline: string;
}
