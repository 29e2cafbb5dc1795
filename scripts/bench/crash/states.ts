import { oddSituations } from '../../../test/integration/git/oddSituations.ts';
import { recordIn } from '../../../test/integration/git/recordIn.ts';
import { situations } from '../../../test/integration/git/situations.ts';

/** Repositories in all states, and how many had something of the user's changed. */
export async function changedStates(): Promise<{ readonly all: number; readonly changed: number }> {
  const all = [...situations, ...oddSituations];
  let changed = 0;
  for (const situation of all)
    await recordIn(situation).catch((error: unknown) => {
      changed += 1;
      console.error(`  ${situation.name}: ${String(error)}`);
    });
  return { all: all.length, changed };
}
