import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportMarkdown } from '../../../src/hosts/vscode/autopilot/reportMarkdown.ts';

const effect = { mean: -0.1, interval: [-0.2, -0.05] as [number, number], seeds: 3 };

test('the page of an autopilot: every line by its commit, and nothing of others becomes a link', () => {
  const page = reportMarkdown({
    study: 'digits',
    branch: 'cortex/digits',
    ref: 'refs/cortex/autopilot/digits',
    commit: 'f00dfeed0123456789',
    mode: 'running',
    running: false,
    setAside: { why: '3 tasks failed', at: '2026-11-30T07:00:00.000Z' },
    metric: 'val_loss',
    cycles: [
      {
        number: 1,
        kind: 'training',
        trigger: 'going-well',
        why: 'Nothing says [stop](command:evil).',
        startedAt: '2026-11-30T07:00:00.000Z',
        finishedAt: null,
        seconds: 12.4,
        end: 'done',
        text: '1 attempt, better: #3.',
        attempts: [
          {
            id: 'digits-3',
            number: 3,
            commit: 'abcdef0123456789',
            kind: 'change',
            verdict: 'better',
            title: 'Wider | deeper',
            effect,
          },
        ],
      },
    ],
    promotions: [],
    promoted: {
      attempt: 'digits-0',
      number: 0,
      commit: '9876543210abcdef',
      value: 0.3,
      changed: 'builder',
    },
    cost: { seconds: 90, tokens: 0, usd: null, wattHours: 1.6 },
    health: { overall: 0.5, efficiency: 1, stability: null, learningRate: 0 },
  } as unknown as Parameters<typeof reportMarkdown>[0]);
  assert.match(page, /^# Autopilot of digits\n\n\*\*Set aside:\*\* 3 tasks failed/);
  assert.match(page, /Nothing is promoted over #0 \(val\\_loss 0\.3\)/);
  assert.match(page, /\| 1 \| training \| .* \| done: 1 attempt, better: \\#3\\\. \| 12 \|/);
  assert.match(page, /\| \\#3 \| 1 \| better \| .*, 3 seeds \| Wider \\\| deeper \| abcdef0123 \|/);
  assert.doesNotMatch(page, /\]\(command/);
  assert.match(page, /price unknown, about 1\.6 Wh/);
  assert.match(page, /\| 50 % \| 100 % \| – \| 0 % \|/);
  assert.match(page, /`refs\/cortex\/autopilot\/digits` at `f00dfeed01`/);
});
