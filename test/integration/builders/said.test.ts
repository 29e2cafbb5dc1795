import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Run } from '../cli/cortex.ts';
import { dense, inFolder, rows, TF } from './publicCode.ts';

/** The diff that is proposed first, and what is said for it. */
const firstProposal = async (
  run: (...args: readonly string[]) => Promise<Run>,
): Promise<{ readonly diff: string; readonly reasoning: string }> => {
  const { stdout, stderr } = await run('propose', 'model.mjs', '--json');
  const { proposals } = JSON.parse(stdout) as {
    proposals: readonly { diff: string; reasoning: string }[];
  };
  assert.ok(proposals[0], stderr);
  return proposals[0];
};

describe('builders of public code: what is read, said and proposed', () => {
  const compiledElsewhere = `${TF}export function buildModel({ inputShape }) {
  const model = tf.sequential();
  model.add(${dense("inputShape, units: 8, activation: 'sigmoid'")});
  model.add(${dense('units: 1')});
  return model;
}
export async function train(model, xs, ys) {
  model.compile({ optimizer: tf.train.sgd(0.05), loss: 'meanAbsoluteError' });
  return model.fit(xs, ys, { epochs: 20 });
}
`;

  test('a compile elsewhere is what trains, and what is edited', () =>
    inFolder(
      { 'model.mjs': compiledElsewhere, 'data.mjs': rows('(i % 5) + (i % 3) + 0.5') },
      async (run) => {
        const { stdout } = await run('inspect', 'model.mjs');
        assert.match(stdout, /Compiled in line 9, outside of the builder/);
        const goal = ['--goal', 'raise the learning rate'];
        const { diff, reasoning } = await firstProposal((...args) => run(...args, ...goal));
        assert.match(diff, /-.*tf\.train\.sgd\(0\.05\)/);
        assert.match(reasoning, /no training log yet.* where the run still improves/i);
      },
    ));

  test('an alias is a builder: it is found, trained and edited under its own name', () =>
    inFolder(
      {
        'model.mjs': `${TF}function createModel() {
  const model = tf.sequential();
  model.add(${dense("inputShape: [4], units: 3, activation: 'softmax'")});
  return model;
}
export { createModel as buildModel };
`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        assert.match((await run('inspect', 'model.mjs')).stdout, /^createModel in model\.mjs/);
        const { code, stderr } = await run('train', 'model.mjs');
        assert.equal(code, 0, stderr);
        assert.match((await firstProposal(run)).diff, /\+ {2}model\.compile\(/);
      },
    ));

  test("a data.mjs whose loadData has to be given something is the project's own", () =>
    inFolder(
      {
        'model.mjs': `${TF}export function buildModel() { const model = tf.sequential();
          model.add(${dense("inputShape: [4], units: 3, activation: 'softmax'")}); return model; }`,
        'data.mjs': `import { words } from './none.mjs';
          export async function loadData(numWords, length) { return words(numWords, length); }`,
      },
      async (run) => {
        const { code, stdout, stderr } = await run('inspect', 'model.mjs');
        assert.equal(code, 0, stderr);
        assert.match(stdout, /15 parameters/);
        assert.match((await firstProposal(run)).diff, /^\+\+\+ b\/model\.mjs/m);
      },
    ));

  test('a file that does not build on its data says so when nothing is to be proposed', () =>
    inFolder(
      {
        'model.mjs': `${TF}export function buildModel({ inputShape }) { const model = tf.sequential();
          model.add(tf.layers.flatten({ inputShape }));
          model.add(${dense("units: 3, activation: 'softmax'")}); return model; }`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        const { code, stdout, stderr } = await run('propose', 'model.mjs');
        assert.notEqual(code, 0, stdout);
        assert.match(stderr, /model\.mjs, line 3, did not build a model: .*min_ndim=3/);
      },
    ));

  test('a page of a browser is named with its line, and what to do', () =>
    inFolder(
      {
        'model.mjs': `${TF}import { status } from './ui.mjs';
export function buildModel({ inputShape, outputUnits }) {
  status('building');
  return tf.sequential({ layers: [${dense("inputShape, units: outputUnits, activation: 'softmax'")}] });
}
`,
        'ui.mjs': `const place = document.getElementById('status');
export const status = (text) => { place.textContent = text; };
`,
        'data.mjs': rows('i % 3'),
      },
      async (run) => {
        const { code, stderr } = await run('inspect', 'model.mjs');
        assert.notEqual(code, 0);
        assert.match(stderr, /ui\.mjs, line 1, needs a browser \(document\)/);
        assert.match(stderr, /Move the builder into a file of its own/);
      },
    ));

  test('a model that has learned nothing is not held back', () =>
    inFolder(
      {
        'cortex.json': '{ "epochs": 3, "seeds": 1, "judge": { "maxSeeds": 2 } }',
        'model.mjs': `${TF}export function buildModel({ inputShape }) {
  const model = tf.sequential();
  model.add(${dense("inputShape, units: 12, activation: 'sigmoid'")});
  model.add(${dense("units: 12, activation: 'sigmoid'")});
  model.add(${dense('units: 1')});
  model.compile({ optimizer: tf.train.sgd(0.0001), loss: 'meanSquaredError' });
  return model;
}
`,
        'data.mjs': rows('(i % 3) * 1.5 + ((i * 7) % 5) * 0.25'),
      },
      async (run) => {
        const improved = await run('improve', 'model.mjs', '--rounds', '2');
        assert.match(improved.stdout, /no better than always giving the same answer/);
        const { stdout } = await run('history', 'model.mjs', '--json');
        const { attempts } = JSON.parse(stdout) as {
          attempts: readonly { operator: string | null }[];
        };
        const operators = attempts.flatMap(({ operator }) => operator ?? []);
        assert.ok(operators.length >= 2, operators.join());
        assert.doesNotMatch(operators.join(), /dropout|l1|l2|penalty|narrow|remove-layer/);
      },
    ));
});
