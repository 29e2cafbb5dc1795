import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import {
  attemptDescription,
  attemptLabel,
  attemptRow,
  spokenAttempt,
} from '../../../src/hosts/vscode/attempt/attemptLabels.ts';
import { sparkline } from '../../../src/util/sparkline.ts';
import { escapeMarkdown, plainLabel, plainMessage } from '../../../src/hosts/vscode/labels.ts';
import { fileName } from '../../../src/util/fileName.ts';

const attempt: AttemptSummary = {
  id: 'digits-12-ab',
  number: 12,
  study: 'digits',
  kind: 'change',
  verdict: 'better',
  failure: null,
  title: 'batch norm after each dense',
  operator: 'batch-normalization',
  family: 'normalisation',
  proposer: 'offline',
  metric: { mean: 0.0412, sd: 0.0009, values: [0.0403, 0.0421] },
  effect: { observed: -0.0031, predicted: -0.002 },
  mismatches: 0,
  parameters: 1000,
  fingerprint: null,
  parents: ['digits-0-aa'],
  sourceHash: 's',
  dataHash: 'd',
  configHash: 'c',
  commit: 'abc',
  finishedAt: 0,
};

describe('an attempt in words', () => {
  test('as label, description and speech', () => {
    assert.equal(attemptLabel(attempt), '#12 batch norm after each dense');
    assert.equal(attemptDescription(attempt), '0.0412 ± 0.0009 ▼0.0031');
    assert.deepEqual(attemptRow(attempt), {
      label: '#12 0.0412 ± 0.0009 ▼0.0031',
      title: 'batch norm after each dense',
    });
    assert.equal(
      spokenAttempt(attempt, 'val_loss'),
      'Attempt 12, batch norm after each dense, better, val_loss 0.0412, plus or minus ' +
        '0.0009, changed by −0.0031',
    );
  });

  test('with one seed, without an effect, without a metric', () => {
    assert.equal(
      attemptDescription({ ...attempt, metric: { mean: 0.5, sd: null, values: [0.5] } }),
      '0.5 ▼0.0031',
    );
    assert.equal(
      attemptDescription({ ...attempt, effect: { observed: null, predicted: null } }),
      '0.0412 ± 0.0009',
    );
    assert.equal(
      attemptDescription({ ...attempt, effect: { observed: 0.2, predicted: null } }),
      '0.0412 ± 0.0009 ▲0.2',
    );
    assert.equal(attemptDescription({ ...attempt, metric: null, verdict: 'rejected' }), 'rejected');
  });

  test('that did not come to its end says what kept it from it, even where some seeds were measured', () => {
    assert.equal(
      attemptDescription({ ...attempt, verdict: 'cancelled', failure: 'interrupted' }),
      'interrupted',
    );
    assert.equal(
      attemptDescription({ ...attempt, verdict: 'cancelled', failure: 'cancelled' }),
      'cancelled',
    );
    assert.equal(
      attemptDescription({ ...attempt, verdict: 'crashed', failure: 'memory', metric: null }),
      'crashed: memory',
    );
  });
});

describe('text from outside', () => {
  test('becomes one short line without icons', () => {
    assert.equal(plainLabel('a\n  b $(trash)', 40), 'a b (trash)');
    assert.equal(plainLabel('one two three four', 10), 'one two…');
    assert.equal(plainLabel('abcdefghijklmnop', 10).length, 10);
  });

  test('becomes no link in a notification, where a link may run a command', () => {
    const hostile =
      'say [yes](command:workbench.action.quit) and [no](https://evil.example "title")';
    // As VS Code finds links in the text of a notification.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
    assert.match(hostile, link);
    for (const text of [
      plainMessage(hostile),
      plainLabel(hostile, 200),
      attemptLabel({ ...attempt, title: hostile }, 200),
    ])
      assert.doesNotMatch(text, link);
  });

  test('stays literal in Markdown', () => {
    const hostile =
      '[click](command:workbench.action.quit) <img src=x onerror=1> **b** `c` ' +
      'https://evil.example $(zap) # | ![i](x)';
    const escaped = escapeMarkdown(hostile);
    assert.doesNotMatch(escaped, /(?<![\\&])[[\]`*!|#$]|[<>]|:\/\//);
    const shown = escaped
      .replace(/\\(.)/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#58;', ':')
      .replaceAll('&amp;', '&');
    assert.equal(shown, hostile);
  });

  test('paths lean both ways', () => {
    assert.equal(fileName('/a/b/model.ts'), 'model.ts');
    assert.equal(fileName('C:\\a\\model.ts'), 'model.ts');
  });
});

describe('a curve as text', () => {
  test('goes from its highest to its lowest bar', () => {
    assert.equal(sparkline([3, 2, 1, 0]), '█▆▃▁');
  });

  test('shows gaps, keeps flat lines flat, and fits the width with both ends', () => {
    assert.equal(sparkline([1, null, Number.NaN, 2]), '▁··█');
    assert.equal(sparkline([5, 5, 5]), '▁▁▁');
    const long = sparkline(Array.from({ length: 1000 }, (_, i) => i));
    assert.equal(long.length, 40);
    assert.ok(long.startsWith('▁') && long.endsWith('█'));
    assert.equal(sparkline([]), '');
  });
});
