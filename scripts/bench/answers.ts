import { performance } from 'node:perf_hooks';
import type { Proposal } from '../../src/study/proposal.ts';
import { changeOutsideBuilder } from '../../src/propose/editScope.ts';
import { applyAnswer } from '../../src/propose/answer/applyAnswer.ts';
import { readAnswer } from '../../src/propose/answer/readAnswer.ts';
import { buildPrompt } from '../../src/propose/prompt/buildPrompt.ts';
import { estimateTokens } from '../../src/propose/prompt/quote.ts';
import { seededRandom } from '../../src/util/seededRandom.ts';
import { attempt, baseOf, digits, requestWith, syntax } from '../../test/unit/proposal/support.ts';
import { withEngine } from './engine.ts';
import type { Row } from './row.ts';

const ATTEMPTS = 10_000;
const MUTANTS = 200;

/**
 * Language models: building a prompt, checking a proposal, and what becomes of malformed answers.
 */
export async function bench(): Promise<Row[]> {
  return [...promptRows(), await checkRow(), ...mutantRows()];
}

function promptRows(): readonly Row[] {
  const history = Array.from({ length: ATTEMPTS }, (_, index) =>
    attempt(index, {
      operator: `operator-${index % 40}`,
      verdict: index === 0 ? 'baseline' : index % 9 ? 'worse' : 'better',
      ...(index === 0 && { parents: [] }),
    }),
  );
  const request = requestWith(history);
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now();
    buildPrompt({ request, recent: [], candidates: [], earlier: [] });
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  const { system, question } = buildPrompt({ request, recent: [], candidates: [], earlier: [] });
  const [ms, tokens] = [times[10] ?? NaN, estimateTokens(system + question)];
  return [
    {
      figure: `prompt at ${ATTEMPTS} attempts (median of 20)`,
      goal: '≤ 20 ms',
      measured: `${ms.toFixed(1)} ms`,
      ratio: (ms / 20).toFixed(2),
      met: ms <= 20,
    },
    {
      figure: `prompt at ${ATTEMPTS} attempts`,
      goal: '≤ 6000 tokens',
      measured: `${tokens} tokens`,
      ratio: (tokens / 6000).toFixed(2),
      met: tokens <= 6000,
    },
  ];
}

/** From proposals to checked proposals on a worker that runs already. */
async function checkRow(): Promise<Row> {
  const host = {
    onEvent: () => undefined,
    reviewer: { review: () => Promise.resolve({ kind: 'dismissed' } as const) },
  };
  return withEngine(host, async ({ engine, modelPath, configure }) => {
    await configure({ epochs: 1, seeds: 1 });
    const study = await engine.openStudy(modelPath);
    const propose = (seed: number): Promise<readonly Proposal[]> =>
      engine.propose(study, { count: 1, wish: null, seed, signal: new AbortController().signal });
    await propose(1);
    const start = performance.now();
    const proposals = await propose(2);
    const ms = performance.now() - start;
    if (proposals.length === 0) throw new Error('No proposal passed its check.');
    return {
      figure: 'proposing and checking one change, warm worker',
      goal: '≤ 1000 ms',
      measured: `${ms.toFixed(0)} ms`,
      ratio: (ms / 1000).toFixed(2),
      met: ms <= 1000,
    };
  });
}

const ANSWERS: readonly object[] = [
  {
    title: 'Widen',
    reasoning: 'It underfits.',
    edits: [{ op: 'setArgument', layer: 1, name: 'units', value: 64, why: 'more' }],
    confidence: 0.5,
    expectedEffect: { metric: 'val_loss', delta: -0.1 },
  },
  {
    title: 'Add dropout',
    reasoning: 'It overfits.',
    edits: [
      {
        oldText: "  model.add(tf.layers.dense({ units: 16, activation: 'relu' }));",
        newText:
          "  model.add(tf.layers.dense({ units: 16, activation: 'relu' }));\n  " +
          'model.add(tf.layers.dropout({ rate: 0.3 }));',
        why: 'gap',
      },
    ],
  },
  {
    title: 'Raise the rate',
    reasoning: 'It is slow.',
    edits: [{ op: 'setCompile', optimizer: { type: 'adam', learningRate: 0.01 } }],
    evidence: [{ text: 'slow', finding: 'under-trained', lines: [3] }],
  },
  {
    title: 'Insert a layer',
    reasoning: 'It is shallow.',
    edits: [
      {
        op: 'insertLayers',
        after: 1,
        layers: [{ type: 'dense', arguments: { units: 32, activation: 'relu' } }],
      },
    ],
  },
];

type Mutation = (text: string, random: () => number) => string;

const pick = <T>(items: readonly T[], random: () => number): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
};

const MUTATIONS: readonly Mutation[] = [
  (text, random) => {
    const answer = JSON.parse(text) as Record<string, unknown>;
    const dropped = pick(Object.keys(answer), random);
    return JSON.stringify(
      Object.fromEntries(Object.entries(answer).filter(([key]) => key !== dropped)),
    );
  },
  (text, random) =>
    text.replaceAll(
      /"layer":\d+|"after":\d+/g,
      (match) => `${match.split(':')[0] ?? ''}:${Math.floor(random() * 12) - 2}`,
    ),
  (text) => text.replaceAll('units: 16', 'units:  17'),
  (text) => text.replaceAll('({ ', '({').replaceAll(' })', '})'),
  (text) => `\`\`\`json\n${text}\n\`\`\``,
  (text) => `Here you are {really}:\n\n${text}\n\nRegards`,
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, random) => {
    const at = Math.floor(random() * text.length);
    return text.slice(0, at) + pick(['"', '}', ']', '\\', '\u0000', ','], random) + text.slice(at);
  },
  (text) => text.replaceAll('tf.layers.dropout', 'process.exit(1); tf.layers.dropout'),
  (text) => text.replaceAll('"why"', '"because"').replaceAll('"edits"', '"edits "'),
];

/** What became of one mutated answer. */
type Fate = 'proposal' | 'refusal' | 'exception' | 'outside';

function fateOf(text: string): Fate {
  try {
    const result = resultOf(text);
    if (typeof result !== 'string')
      return result.text.slice(0, result.start) === digits.slice(0, result.start)
        ? 'proposal'
        : 'outside';
    return result.length > 10 ? 'refusal' : 'exception';
  } catch (error) {
    console.error(error);
    return 'exception';
  }
}

/** The changed text and where its builder must start, or the sentence of the refusal. */
function resultOf(text: string): string | { readonly text: string; readonly start: number } {
  const base = baseOf(digits);
  const { builder } = base.architecture;
  const read = readAnswer(text);
  if (!read.ok) return read.error;
  if (read.value.kind !== 'change') return read.value.why;
  const applied = applyAnswer(read.value.answer, base, syntax);
  if (!applied.ok) return applied.error.message;
  const outside = changeOutsideBuilder(
    { text: digits, builder },
    { text: applied.value.text, builder: applied.value.architecture.builder },
  );
  return outside?.message ?? { text: applied.value.text, start: builder.range.start };
}

function mutantRows(): readonly Row[] {
  const { next } = seededRandom(7);
  const fates = Array.from({ length: MUTANTS }, (_, index) =>
    fateOf(pick(MUTATIONS, next)(JSON.stringify(ANSWERS[index % ANSWERS.length]), next)),
  );
  const count = (fate: Fate): number => fates.filter((other) => other === fate).length;
  const good = (100 * (count('proposal') + count('refusal'))) / MUTANTS;
  const bad = count('exception') + count('outside');
  return [
    {
      figure: `${MUTANTS} mutated answers: a proposal or a clear refusal`,
      goal: '≥ 95 %',
      measured: `${good.toFixed(1)} % (${count('proposal')} + ${count('refusal')})`,
      ratio: (95 / good).toFixed(2),
      met: good >= 95,
    },
    {
      figure: `${MUTANTS} mutated answers: exceptions, changes outside the builder`,
      goal: '0',
      measured: String(bad),
      ratio: '–',
      met: bad === 0,
    },
  ];
}
