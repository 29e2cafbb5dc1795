import { workspace, type ConfigurationChangeEvent } from 'vscode';

/** Who proposes; `auto` is `hybrid` where a language model is available, else `offline`. */
type ProposerChoice = 'auto' | 'offline' | 'openai' | 'vscode.lm' | 'hybrid';

/** Whether the baseline is checked before the first search on it; see `RunSpec.baselineCheck`. */
type BaselineCheck = 'first' | 'skip';

/** Every setting, without the prefix `cortex.`, with its type. */
interface SettingTypes {
  builderNames: readonly string[];
  /** See `EngineOptions.runtime`. */
  runtime: string;
  /** See `EngineOptions.workers`. */
  workers: number;
  /** See `EngineOptions.executor`. */
  executor: string;
  nodePath: string;
  python: string;
  proposer: ProposerChoice;
  model: string;
  baseUrl: string;
  modelShare: number;
  maxTokens: number;
  maxCostUsd: number;
  prices: Readonly<Record<string, unknown>>;
  baselineCheck: BaselineCheck;
  'repair.attempts': number;
  'thinkLoop.rounds': number;
  'thinkLoop.minutes': number;
  'thinkLoop.plateau': number;
  'search.experience': 'used' | 'ignored';
  'codeLens.enabled': boolean;
  'lens.enabled': boolean;
}

/** Defaults as in package.json; they hold where a setting has a value of another type. */
const settingDefaults: SettingTypes = {
  builderNames: [],
  runtime: 'auto',
  workers: 0,
  executor: 'local',
  nodePath: '',
  python: '',
  proposer: 'auto',
  model: '',
  baseUrl: '',
  modelShare: 0.3,
  maxTokens: 200000,
  maxCostUsd: 0,
  prices: {},
  baselineCheck: 'first',
  'repair.attempts': 4,
  'thinkLoop.rounds': 5,
  'thinkLoop.minutes': 0,
  'thinkLoop.plateau': 5,
  'search.experience': 'used',
  'codeLens.enabled': true,
  'lens.enabled': true,
};

/** The value of `cortex.<key>` in force. */
export function readSetting<Key extends keyof SettingTypes>(key: Key): SettingTypes[Key] {
  const value = workspace.getConfiguration('cortex').get<SettingTypes[Key]>(key);
  return typeof value === typeof settingDefaults[key] && value !== undefined
    ? value
    : settingDefaults[key];
}

/** One of these settings changed. */
export const affects = (
  event: ConfigurationChangeEvent,
  ...keys: readonly (keyof SettingTypes)[]
): boolean => keys.some((key) => event.affectsConfiguration(`cortex.${key}`));
