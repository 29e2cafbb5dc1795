import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { makeFolder, studyOn } from '../trainer/harness.ts';
import { BLOBS_PY, pythonTrainer, TORCH_TEXT, trainText } from './pythonStudies.ts';

const trainer = pythonTrainer();
after(() => trainer.dispose());

const head = 'import torch\nfrom torch import nn\n';
const builder = (body: string): string => `${head}\ndef build_model(num_classes=3):\n    ${body}\n`;

const cases = [
  { what: 'a syntax error', text: `${head}def build_model(:\n`, kind: 'syntax', line: 3 },
  { what: 'no builder', text: `${head}x = 1\n`, kind: 'builder', words: /no builder.*build_model/ },
  { what: 'nothing returned', text: builder('pass'), kind: 'builder', words: /returned nothing/ },
  { what: 'an exception', text: builder('raise KeyError("x")'), kind: 'builder', line: 5 },
  {
    what: 'outputs of another size',
    text: builder('return nn.Linear(4, 7)'),
    kind: 'shape',
    words: /\[7\].*needs \[3\]/,
  },
  {
    what: 'inputs of another size',
    text: builder('return nn.Linear(5, 3)'),
    kind: 'shape',
    words: /does not take the study's data/,
  },
  {
    what: 'too many parameters',
    text: builder(
      'return nn.Sequential(nn.Linear(4, 3000), nn.Linear(3000, 3000), nn.Linear(3000, 3))',
    ),
    kind: 'limits',
    words: /limits\.parameters/,
  },
  {
    what: 'a file written',
    text: builder('open("left.txt", "w")'),
    kind: 'refused',
    words: /left\.txt/,
  },
  {
    what: 'a process started',
    text: builder('__import__("subprocess").run(["ls"])'),
    kind: 'refused',
    words: /Popen/,
  },
  {
    what: 'a loss that diverges',
    text: `${head}
def build_model(num_classes=3):
    model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, num_classes))
    return model, torch.optim.SGD(model.parameters(), lr=1e38)
`,
    kind: 'not-a-number',
  },
  {
    what: 'two models and no builder',
    text: `${TORCH_TEXT}\nclass Other(Net.__mro__[1]):\n    def forward(self, x):\n        return x\n`,
    kind: 'builder',
    words: /Net, Other/,
  },
  {
    what: 'an argument Cortex cannot know',
    text: `${head}\ndef build_model(config, a, b):\n    pass\n`,
    kind: 'builder',
    words: /asks for config/,
  },
] as const;

for (const { what, text, kind, ...more } of cases) {
  test(`${what} is a failed trial with a word for it`, async () => {
    const { folder, remove } = await makeFolder({ 'model.py': TORCH_TEXT, 'data.py': BLOBS_PY });
    const study = studyOn(folder, { epochs: 2, limits: { parameters: 100_000 } }, 'model.py');
    const { trials } = await trainText(trainer, study, { text });
    await remove();
    const [trial] = trials;
    assert.ok(trial?.outcome === 'failed', JSON.stringify(trial));
    assert.equal(trial.failure.kind, kind, trial.failure.message);
    if ('words' in more) assert.match(trial.failure.message, more.words);
    if ('line' in more) assert.equal(trial.failure.line, more.line);
  });
}
