import type { LanguageWords } from '../propose/language/words.ts';
import type { LanguageModel, Price } from '../ports/languageModel.ts';
import type { LoopEvent } from '../loop/loopEvent.ts';
import type { Reviewer } from '../ports/reviewer.ts';

/** What a host hands over when it creates the engine. */
export interface EngineOptions {
  /** Folder of the bundles and WebAssembly files. */
  readonly distFolder: string;
  /** The Node (≥ 22.15) that runs training workers. */
  readonly nodePath: string;
  /** The Python of the user's projects, where one is named; else it is looked for. */
  readonly python?: string;
  /** The Python that is chosen where the host runs for a folder, after the one that is named. */
  readonly activePython?: (folder: string) => Promise<string | null>;
  /** Asked where nothing confines code of a proposal: may it run all the same? Absent: no. */
  readonly mayRunUnheld?: () => Promise<boolean>;
  readonly builderNames: readonly string[];
  /** The builder that is meant, whatever a study file says. */
  readonly builder?: string;
  /** The command that trains, whatever a study file says. */
  readonly train?: string;
  /** The name of a runtime, or `auto`. */
  readonly runtime: string;
  /** How many trials train side by side; 0: half of the machine's cores, and at least one. */
  readonly workers: number;
  /** Where trials train: absent or `local` here, else on a Ray cluster (docs/machines.md). */
  readonly executor?: string;
  readonly reviewer: Reviewer;
  readonly onEvent: (event: LoopEvent) => void;
  readonly cortexVersion: string;
  /** Logs are read and diagnosed in a thread of their own: a host that must not be held up. */
  readonly logsInThread?: boolean;
  /** Asked at the start of every run that proposes; `null` or absent: the offline engine alone. */
  readonly language?: () => Promise<LanguageOptions | null>;
  /** How often a failure goes back to a language model; 4 where it is not said. */
  readonly repairAttempts?: number;
}

/** Which language model proposes beside the offline engine, and how much of the work is its. */
export type LanguageOptions = ServerModelOptions | HostModelOptions;

/** A model that the host brings along; it holds its own caps. */
export interface HostModelOptions {
  readonly proposer: 'host';
  readonly model: LanguageModel;
  /** The model's share of the rounds, 0–1. */
  readonly share: number;
}

/** A model behind an OpenAI-compatible server, and what it may cost. */
export interface ServerModelOptions {
  /** `hybrid`: a share of the rounds, the offline engine the others. */
  readonly proposer: 'openai' | 'hybrid';
  readonly model: string | null;
  /** `null`: OpenAI's own server. */
  readonly baseUrl: string | null;
  /** Asked whenever a request is sent; never stored, logged or recorded. */
  readonly apiKey: () => Promise<string | null>;
  readonly maxTokens: number | null;
  readonly maxUsd: number | null;
  /** The user's own price table, by model; it goes before the list prices of OpenAI's server. */
  readonly prices: Readonly<Record<string, Price>>;
  /** What errors call the things to set. */
  readonly words: LanguageWords;
  /** The model's share of the rounds, 0–1; absent: 0.3. */
  readonly share?: number;
  /** Put around the model: a host that asks its user before something is sent. */
  readonly around?: (model: LanguageModel) => LanguageModel;
}
