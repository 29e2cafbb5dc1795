/**
 * A second window, as far as git can tell: `node worker.ts <folder> <what> <name> <count>`. Prints
 * `ready` or the error's code.
 */
import { CortexError } from '../../../src/util/errors.ts';
import { createStore } from '../../support/attemptStore.ts';
import { attempt, studyIn, variant } from './helpers.ts';

const [folder = '', what = '', name = '', count = '1'] = process.argv.slice(2);
const study = studyIn(folder);
const store = createStore();
const named = (number: number): ReturnType<typeof attempt> =>
  attempt(number, { id: `digits-${number}-${name}` });

const jobs: Readonly<Record<string, () => Promise<void>>> = {
  /** Records `count` attempts, each under the number it thinks is next. */
  record: async () => {
    for (let i = 0; i < Number(count); i++) {
      const next = (await store.list(study)).length;
      await store.saveDraft(study, named(next), variant(next));
      await store.record(study, named(next), variant(next));
    }
  },
  /** Records one attempt without a draft. */
  once: async () => {
    await store.record(study, named(0), variant(0));
  },
  list: async () => {
    await store.list(study);
  },
  /** Keeps a draft with one finished trial and waits to be killed. */
  draft: async () => {
    const { trials, ...rest } = named(5);
    await store.saveDraft(study, { ...rest, trials: trials.slice(0, 1) }, variant(5));
    console.log('ready');
    setInterval(() => {
      /* stays alive */
    }, 1000);
  },
};

try {
  await jobs[what]?.();
} catch (error) {
  console.log(error instanceof CortexError ? error.code : String(error));
  process.exitCode = 1;
}
