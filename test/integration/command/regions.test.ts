import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { cortex, git, type Run } from '../cli/cortex.ts';
import { openAiServer } from '../llm/openAiServer.ts';
import { cortexWith, isRepair, say } from '../llm/scriptedStudy.ts';
import { makeFolder } from '../trainer/harness.ts';

/** Gradient descent on a line through noisy points, by a rate that stands in a marked region. */
const CPP = `#include <cstdio>
#include <cstdlib>
#include <random>

int main(int argc, char** argv) {
  std::mt19937 random(std::atoi(argv[1]));
  const int epochs = std::atoi(argv[2]);
  std::normal_distribution<double> noise(0, 0.02);
  double slope = noise(random);
  // cortex: begin
  const double rate = 0.01;
  // cortex: end
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    slope -= rate * 2 * (slope - 1 + noise(random));
    std::printf("epoch %d val_loss %.6f\\n", epoch, (slope - 1) * (slope - 1));
  }
}
`;

const AWK = `BEGIN {
  srand(seed)
  slope = rand() / 50
  # cortex: begin
  rate = 0.01
  # cortex: end
  for (epoch = 1; epoch <= epochs; epoch++) {
    slope -= rate * 2 * (slope - 1 + rand() / 50)
    printf "epoch %d val_loss %.6f\\n", epoch, (slope - 1) ^ 2
  }
}
`;

const LANGUAGES = [
  {
    what: 'awk',
    file: 'train.awk',
    text: AWK,
    train: 'awk -v seed={seed} -v epochs={epochs} -f train.awk',
    outside: 'srand(seed)',
  },
  {
    what: 'C++',
    file: 'train.cpp',
    text: CPP,
    train: 'c++ -o train train.cpp && ./train {seed} {epochs}',
    outside: 'std::mt19937 random(std::atoi(argv[1]));',
  },
];

const there = LANGUAGES.filter(({ what }) => {
  if (what !== 'C++' || spawnSync('c++', ['--version']).status === 0) return true;
  console.log('*** THERE IS NO C++ COMPILER: PROGRAMS WITH A REGION ARE TRIED IN AWK ALONE ***');
  return false;
});

for (const { what, file, text, train, outside } of there) {
  describe(`a program in ${what} with a marked region`, () => {
    let place: Awaited<ReturnType<typeof makeFolder>>;
    let run: Run;
    let server: Awaited<ReturnType<typeof openAiServer>>;

    before(async () => {
      const study = { model: file, train, epochs: 12, seeds: 2 };
      place = await makeFolder({ [file]: text, 'cortex.json': JSON.stringify(study) });
      await git(place.folder, 'init', '--quiet');
      const answers = [
        say('Take another seed', [{ oldText: outside, newText: '' }]),
        say('Raise the rate', [{ oldText: '0.01', newText: '0.3' }]),
      ];
      server = await openAiServer((request) => {
        if (request.path.endsWith('/responses'))
          return { kind: 'status', status: 404, message: 'no such route' };
        if (isRepair(request)) return { kind: 'answer', text: '{"cannotMend": "It is outside."}' };
        return { kind: 'answer', text: answers.shift() ?? '{}' };
      });
      const words = ['improve', file, '--proposer', 'openai', '--no-check', '--rounds', '2'];
      run = await cortexWith(place.folder, server.baseUrl, ...words, '--json');
    });
    after(async () => {
      await server.close();
      await place.remove();
    });

    test('a model is asked with the region alone, in words for any program', () => {
      assert.equal(run.code, 0, run.stderr);
      const [asked] = server.received.filter(({ path }) => path.endsWith('/completions'));
      assert.match(asked?.text ?? '', /<region>\nL\d+\|.*0\.01;?\n<\/region>/);
      assert.doesNotMatch(asked?.text ?? '', /TensorFlow|<layers>/);
    });

    test('what reaches out of the region is refused, what stays in it is trained', () => {
      const { attempts, best } = documents.improve.parse(JSON.parse(run.stdout));
      assert.deepEqual(
        attempts.map(({ verdict }) => verdict),
        ['invalid', 'better'],
        run.stderr,
      );
      assert.equal(best.title, 'Raise the rate');
    });

    test('without a model it is said that typed operators need a builder', async () => {
      const inspected = await cortex(place.folder, 'inspect', file);
      assert.match(inspected.stdout, /typed operators need a builder that can be read/);
      const offline = await cortex(place.folder, 'improve', file, '--rounds', '1', '--no-check');
      assert.equal(offline.code, 0, offline.stderr);
      assert.match(offline.stderr, /a marked region: language models propose for it/);
      assert.match(offline.stdout, /nothing left to propose/);
    });
  });
}

test('a file of an unknown language without marks is refused with what to mark', async () => {
  const { folder, remove } = await makeFolder({ 'train.jl': 'println("epoch 1 loss 0.5")\n' });
  const { code, stderr } = await cortex(folder, 'inspect', 'train.jl');
  await remove();
  assert.equal(code, 2, stderr);
  assert.match(stderr, /region marked by the comments "cortex: begin" and "cortex: end"/);
});
