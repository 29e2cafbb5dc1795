import { window, type Disposable } from 'vscode';
import type { LoopEvent } from '../../../loop/loopEvent.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { shownEvidence } from '../log/shownEvidence.ts';
import { Throttle } from '../throttle.ts';
import { ReasoningPage } from './reasoningPage.ts';
import type { Run } from './runs.ts';

const REDRAW_MS = 200;

/** The reasoning of a run as it comes, round by round; it opens when it is asked for. */
export function createThinkingChannel(host: Host): Disposable {
  const { engine, runs, commands } = host;
  const disposables = new Disposables();
  const channel = disposables.add(window.createOutputChannel('Cortex Reasoning'));
  const page = new ReasoningPage();
  const throttle = disposables.add(
    new Throttle(REDRAW_MS, () => {
      channel.replace(page.text);
    }),
  );
  // One after the other: the lines of a proposal's evidence are looked up first.
  let turn = Promise.resolve();
  disposables.add(
    commands.register('cortex.showThinking', () => {
      channel.show(true);
    }),
    runs.onDidChange(() => {
      const run = runs.current;
      if (run)
        turn = turn.then(() => {
          page.begin(`${run.name} on ${run.study.name}`);
        });
    }),
    engine.onEvent((event) => {
      const run = runs.current;
      turn = turn.then(async () => {
        if (page.follow(await shown(event, run, host))) throttle.poke();
      });
    }),
  );
  return disposables;
}

async function shown(event: LoopEvent, run: Run | null, host: Host): Promise<LoopEvent> {
  if (event.kind !== 'proposed' || !run) return event;
  return {
    ...event,
    proposal: {
      ...event.proposal,
      evidence: await shownEvidence(event.proposal.evidence, run.study.logPath, host),
    },
  };
}
