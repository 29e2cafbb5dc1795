import type { AutopilotStore, StoredState } from '../../ports/autopilotStore.ts';
import {
  autopilotStateSchema,
  noAutopilot,
  type AutopilotState,
} from '../../record/autopilotState.ts';
import { parseCommitMessage } from '../../record/parseCommitMessage.ts';
import { placeOf, type Study } from '../../study/study.ts';
import { studyFetchedError } from './attemptErrors.ts';
import { autopilotRunningError, stateUnreadableError } from './autopilotErrors.ts';
import { fallbackIdentity } from './commit.ts';
import { git } from './git.ts';
import { retryPastLeftLock } from './leftLock.ts';
import { describeOwner, isOwnerGone } from './owner.ts';
import { moveRefs, readRefs } from './refs.ts';
import { locateStudy } from './studyPlace.ts';
import { noteTyping, typedAt } from './typing.ts';

const FILE = 'autopilot.json';

/** The ref that holds the state of a study's autopilot. */
const refOf = ({ name }: Study): string => `refs/cortex/autopilot/${name}`;

/**
 * `refs/cortex/autopilot/<study>`: one commit for each change of the state, each on the one before,
 * moved by compare-and-swap. No branch, index or file of the user's is read or written.
 */
export const gitAutopilotStore: AutopilotStore = {
  read: async (study) => readState((await locateStudy(study)).root, study),
  change: (study, what, to) => change(study, what, (state) => Promise.resolve(to(state))),
  claim: async (study, to) => {
    const owner = await describeOwner();
    return change(study, 'claimed', async (state) => {
      if (state.owner !== owner && (await isHeld(state)))
        throw autopilotRunningError(study.name, state.owner);
      return { ...to(state), owner };
    });
  },
  isClaimed: isHeld,
  noteTyping,
  typedAt,
  isBusy: async (study) => {
    const { drafts } = await readRefs(await locateStudy(study));
    const own = await describeOwner();
    const busy = drafts.map(async ({ message, writtenAt }) => {
      const owner = parseCommitMessage(message)?.owner ?? null;
      return owner !== null && owner !== own && !(await isOwnerGone(owner, writtenAt));
    });
    return (await Promise.all(busy)).includes(true);
  },
};

/** Its process was killed while it had it. */
const isLeft = async (state: AutopilotState): Promise<boolean> =>
  state.owner !== null && !(await isHeld(state));

/** Of another machine's process only the last cycle tells whether it lives. */
async function isHeld({ owner, cycles }: AutopilotState): Promise<boolean> {
  const last = cycles.at(-1);
  const sign = Date.parse(last?.finishedAt ?? last?.startedAt ?? '') || Date.now();
  return owner !== null && !(await isOwnerGone(owner, sign));
}

async function change(
  study: Study,
  what: string,
  to: (state: AutopilotState) => Promise<AutopilotState>,
): Promise<StoredState> {
  if (study.remote !== undefined) throw studyFetchedError(placeOf(study));
  const { root } = await locateStudy(study);
  const work = async (): Promise<StoredState> => {
    const known = await readState(root, study);
    const state = await to(known.state);
    return { state, commit: await write(root, { study, what, state, parent: known.commit }) };
  };
  return retryPastLeftLock(work, async () => isLeft((await readState(root, study)).state));
}

async function readState(root: string, study: Study): Promise<StoredState> {
  const output = await git(root, [
    'for-each-ref',
    '--format=%(refname) %(objectname)',
    refOf(study),
    // Printed in any case: simple-git waits after what prints nothing.
    'refs/heads/',
  ]);
  const line = output.split('\n').find((each) => each.startsWith(`${refOf(study)} `));
  const commit = line?.split(' ')[1];
  if (commit === undefined) return { state: noAutopilot(study.name), commit: '' };
  const text = await git(root, ['cat-file', 'blob', `${commit}:${FILE}`]);
  return { state: parseState(text, study), commit };
}

function parseState(text: string, study: Study): AutopilotState {
  try {
    return autopilotStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw stateUnreadableError(refOf(study), cause);
  }
}

interface Written {
  readonly study: Study;
  readonly what: string;
  readonly state: AutopilotState;
  /** Empty for the first. */
  readonly parent: string;
}

async function write(root: string, { study, what, state, parent }: Written): Promise<string> {
  const input = `${JSON.stringify(state, null, 2)}\n`;
  const blob = (await git(root, ['hash-object', '-w', '--stdin'], { input })).trim();
  const tree = (await git(root, ['mktree'], { input: `100644 blob ${blob}\t${FILE}\n` })).trim();
  const parents = parent === '' ? [] : ['-p', parent];
  const commit = await git(root, ['commit-tree', '--no-gpg-sign', ...parents, '-F', '-', tree], {
    input: `autopilot of ${study.name}: ${what}\n`,
    identity: await fallbackIdentity(root),
  });
  const to = commit.trim();
  await moveRefs(root, [{ ref: refOf(study), from: parent === '' ? null : parent, to }]);
  return to;
}
