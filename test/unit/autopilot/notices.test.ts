import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hasNewAttempts, noticesBetween } from '../../../src/hosts/vscode/autopilot/notices.ts';
import { beginCycle, endCycle, withAttempt } from '../../../src/loop/autopilot/stateChanges.ts';
import { ownTask } from '../../../src/loop/autopilot/words.ts';
import { noAutopilot, type AutopilotState } from '../../../src/record/autopilotState.ts';

const AT = '2026-11-30T07:00:00.000Z';
const task = ownTask('training', 1, undefined);
const ended = (state: AutopilotState, end: 'done' | 'failed'): AutopilotState =>
  endCycle(beginCycle(state, task, AT), { end, text: 'No loss.', seconds: 1, at: AT });

describe('what a person is told of an autopilot', () => {
  const none = noAutopilot('digits');

  test('is each promotion, once', () => {
    const promotion = {
      cycle: 1,
      attempt: 'digits-3',
      over: 'digits-0',
      why: 'better' as const,
      difference: -0.1,
      interval: [-0.12, -0.08] as [number, number],
      seeds: 4,
      share: 0.4,
      text: '#3 over #0: val_loss −0.1',
    };
    const promoted = { ...none, promotions: [promotion] };
    assert.deepEqual(noticesBetween(none, promoted), [{ kind: 'promoted', promotion }]);
    assert.deepEqual(noticesBetween(promoted, ended(promoted, 'done')), []);
  });

  test('is a study that is set aside, with what failed last, and again after it was resumed', () => {
    const twice = ended(ended(none, 'failed'), 'failed');
    const aside = ended(twice, 'failed');
    const [notice, ...others] = noticesBetween(twice, aside);
    assert.deepEqual(others, []);
    assert.match(notice?.kind === 'set-aside' ? notice.why : '', /^3 tasks in a row .*No loss\.$/);
    assert.deepEqual(noticesBetween(aside, aside), []);
    assert.deepEqual(noticesBetween(aside, { ...aside, setAside: null }), []);
    assert.equal(noticesBetween({ ...aside, setAside: null }, aside).length, 1);
  });

  test('is nothing while it works; its attempts are read anew', () => {
    const begun = beginCycle(none, task, AT);
    const trains = withAttempt(begun, 'digits-4');
    assert.deepEqual(noticesBetween(none, trains), []);
    assert.equal(hasNewAttempts(begun, trains), true);
    assert.equal(hasNewAttempts(trains, { ...trains, mode: 'paused' }), false);
    assert.equal(hasNewAttempts(trains, ended(none, 'done')), true);
  });
});
