import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitArtifactStore } from '../../src/adapters/git/gitArtifactStore.ts';
import { acceptEverything } from '../../src/loop/acceptEverything.ts';
import type { Compressed, Smaller } from '../../src/loop/compress/smaller.ts';
import { readModel, writeModel } from '../../src/model/trainedModel.ts';
import { pythonFolder, pythonIn } from '../../test/python/environment.ts';
import { run } from '../../test/vscode/run.ts';
import { withEngine, type Bench } from './engine.ts';
import type { Row } from './row.ts';

const seeds = 8;
const share = 1 / 8;
const mayLose = 0.01;
const megabyte = 2 ** 20;
/** Units at which the digits' network has a megabyte of weights. */
const wide = Math.round(megabyte / 4 / 75);
const exportSeconds = 2;
const trialSeconds = 20;
const savingShare = 0.02;

const { signal } = new AbortController();
const host = { reviewer: acceptEverything, onEvent: () => undefined };

/** What is measured apart from the rest, by its name. */
const PARTS: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  smaller: () => smallerRows(),
  diabetes: async () => [await byteRow('diabetes', copyDiabetes)],
  wine: async () => [await byteRow('wine', writeWine)],
  large: () => largeRows(),
  beside: async () => [await besideRow()],
};

/**
 * Digits with 64 units made smaller by every way, alone and with fewer bits, on the same seeds, and
 * the smallest on the sealed part; what 8 bits change of three studies; how long an export of a
 * megabyte takes, keeping one, and all that a full training does beside training. `--part=large`
 * takes one of `PARTS` alone.
 */
export async function bench(): Promise<Row[]> {
  const asked = process.argv.flatMap((word) => /^--part=(.*)$/.exec(word)?.slice(1) ?? []);
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(PARTS))
    if (asked.length === 0 || asked.includes(name)) rows.push(...(await measure()));
  return rows;
}

const smallerRows = (): Promise<Row[]> =>
  withEngine(host, async (bench) => {
    await bench.configure({ seeds, keep: { attempts: 50 } });
    const id = await trainWith(bench, 64);
    const study = await bench.engine.openStudy(bench.modelPath);
    const bytes = 4 * (65 * 64 + 65 * 10);
    const result = await bench.engine.compress(study, {
      id,
      limit: bytes * share,
      metric: 'val_accuracy',
      mayLose,
      seeds,
      confirm: true,
      signal,
    });
    const to = join(bench.folder, 'byte');
    const choice = { format: 'tfjs', quantize: '8', seed: null, missing: 'refuse' } as const;
    const { difference } = await bench.engine.exportModel(study, {
      ...choice,
      id,
      folder: to,
      signal,
    });
    return [
      bestRow(result),
      confirmedRow(result),
      ...[
        'as-trained',
        'narrowing',
        'structured-pruning',
        'distillation',
        'pruning-and-distillation',
        'low-rank-factors',
        'magnitude-pruning',
      ].map((method) => aloneRow(result, method)),
      {
        figure: 'digits exported with 8 bits',
        goal: 'printed',
        measured: `greatest difference ${difference.toFixed(4)}`,
        ratio: '–',
        met: true,
      },
    ];
  });

function bestRow({ best, original }: Compressed): Row {
  const ratio = (best?.bytes ?? Infinity) / original.bytes;
  return {
    figure: `digits, 64 units, ${seeds} seeds: smaller, not worse by ${mayLose} accuracy`,
    goal: '≤ 1/8 of the bytes',
    measured: best ? textOf(best) : 'no smaller model within it',
    ratio: ratio.toFixed(3),
    met: ratio <= share,
  };
}

function confirmedRow({ confirmed }: Compressed): Row {
  return {
    figure: '  the same on the sealed test part',
    goal: 'not worse',
    measured: confirmed ? confirmed.text : 'nothing to confirm',
    ratio: '–',
    met: confirmed?.kind === 'not-worse',
  };
}

/** The smallest that holds of one way, without fewer bits where it is another. */
function aloneRow({ tried, original }: Compressed, method: string): Row {
  const own = tried.filter(
    (each) => each.method === method && (method === 'as-trained' || each.precision === 'float32'),
  );
  const held = own.find(({ verdict }) => verdict.kind === 'not-worse');
  return {
    figure: `  ${method === 'as-trained' ? 'fewer bits' : method} alone`,
    goal: 'printed',
    measured: held ? textOf(held) : `none; smallest: ${own[0] ? textOf(own[0]) : '–'}`,
    ratio: held ? (held.bytes / original.bytes).toFixed(3) : '–',
    met: true,
  };
}

const textOf = ({ bytes, method, change, precision, measures, verdict }: Smaller): string =>
  `${bytes} B, ${method} ${change} ${precision}, accuracy ` +
  `${(measures['val_accuracy'] ?? NaN).toFixed(4)}, ` +
  `gain ≥ ${(verdict.gain?.least ?? NaN).toFixed(4)}`;

/** A table as the study of the bench's folder. */
type MakeStudy = (folder: string) => Promise<void>;

const copyDiabetes: MakeStudy = async (folder) => {
  for (const name of ['diabetes.csv', 'model.ts', 'cortex.json'])
    await copyFile(join('examples', 'diabetes', name), join(folder, name));
};

/** The wines that scikit-learn ships, for the builder of the digits. */
const writeWine: MakeStudy = async (folder) => {
  const program =
    'from sklearn.datasets import load_wine; d = load_wine(); ' +
    "print(','.join(f'c{i}' for i in range(13)) + ',kind'); " +
    "[print(','.join(map(str, x)) + f',wine {y}') for x, y in zip(d.data, d.target)]";
  const table = await run(pythonIn(pythonFolder()), ['-B', '-c', program]);
  await writeFile(join(folder, 'wine.csv'), table);
  const data = { csv: 'wine.csv', target: 'kind', task: 'classification' };
  const preprocessing = { standardizeInputs: true };
  await writeFile(join(folder, 'cortex.json'), JSON.stringify({ data, preprocessing }));
  await writeFile(join(folder, 'model.ts'), WINE_MODEL);
};

const WINE_MODEL = `import * as tf from '@tensorflow/tfjs';

type Shapes = { inputShape: number[]; outputUnits: number };

export function buildModel({ inputShape, outputUnits }: Shapes) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape, units: 32, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });
  return model;
}
`;

/** How far 8-bit weights move the answers of a study's own model. */
const byteRow = (name: string, make: MakeStudy): Promise<Row> =>
  withEngine(host, async ({ engine, folder, modelPath }) => {
    await make(folder);
    const study = await engine.openStudy(modelPath);
    const { id } = await engine.train(study, { retrain: null, signal });
    const wanted = { id, folder: join(folder, 'byte'), seed: null, signal };
    const choice = { format: 'tfjs', quantize: '8', missing: 'refuse' } as const;
    const { difference, measures, trained } = await engine.exportModel(study, {
      ...wanted,
      ...choice,
    });
    const loss = (of: typeof measures): string => (of['val_loss'] ?? NaN).toFixed(4);
    return {
      figure: `${name} exported with 8 bits`,
      goal: 'printed',
      measured:
        `greatest difference ${difference.toFixed(4)}; val_loss ${loss(trained)} → ` +
        loss(measures),
      ratio: '–',
      met: true,
    };
  });

/** What a full training does beside training: it builds, times answers, hands over weights. */
const besideRow = (): Promise<Row> =>
  withEngine(host, async (bench) => {
    await bench.configure({ seeds: 1, epochs: 300 });
    const id = await trainWith(bench, 64);
    const study = await bench.engine.openStudy(bench.modelPath);
    const { trials } = await bench.engine.attempt(study, id);
    const { fit, total } = trials[0]?.seconds ?? { fit: NaN, total: NaN };
    const beside = total - fit;
    return {
      figure: 'built, timed and handed over, beside training',
      goal: `≤ ${savingShare * 100} % of a ${trialSeconds}-s trial`,
      measured: `${(beside * 1000).toFixed(0)} ms of ${total.toFixed(1)} s`,
      ratio: (beside / Math.max(total, trialSeconds)).toFixed(4),
      met: beside / Math.max(total, trialSeconds) <= savingShare,
    };
  });

const largeRows = (): Promise<Row[]> =>
  withEngine(host, async (bench) => {
    await bench.configure({ seeds: 1, epochs: 1 });
    const id = await trainWith(bench, wide);
    const study = await bench.engine.openStudy(bench.modelPath);
    const started = performance.now();
    const { files } = await bench.engine.exportModel(study, {
      id,
      folder: join(bench.folder, 'large'),
      format: 'tfjs',
      quantize: null,
      seed: null,
      missing: 'refuse',
      signal,
    });
    const seconds = (performance.now() - started) / 1000;
    const size = files.reduce((sum, file) => sum + file.bytes, 0) / megabyte;
    const saving = await secondsToKeep(bench, id);
    return [
      {
        figure: `export of ${size.toFixed(2)} MiB, loaded again and compared`,
        goal: `≤ ${exportSeconds} s`,
        measured: `${seconds.toFixed(2)} s`,
        ratio: '–',
        met: seconds <= exportSeconds,
      },
      {
        figure: `weights of ${size.toFixed(2)} MiB encoded, hashed, written`,
        goal: `≤ ${savingShare * 100} % of a ${trialSeconds}-s trial`,
        measured: `${(saving * 1000).toFixed(0)} ms`,
        ratio: (saving / trialSeconds).toFixed(4),
        met: saving / trialSeconds <= savingShare,
      },
    ];
  });

/** What a trial pays for its weights: encoding and everything that keeping them does. */
async function secondsToKeep({ engine, modelPath }: Bench, id: string): Promise<number> {
  const study = await engine.openStudy(modelPath);
  const store = new GitArtifactStore();
  const [seed] = (await engine.weights(study, id)).seeds;
  const file = seed && (await store.get(study, seed.sha256));
  if (!file) throw new Error('The weights were not kept.');
  const model = readModel(file);
  const own = { ...study, name: 'again' };
  const started = performance.now();
  await store.put(own, writeModel(model));
  return (performance.now() - started) / 1000;
}

/** Trains the builder with so many units; the baseline's id. */
async function trainWith({ engine, modelPath }: Bench, units: number): Promise<string> {
  const text = await readFile(modelPath, 'utf8');
  await writeFile(modelPath, text.replace(/units: \d+/, `units: ${units}`));
  const study = await engine.openStudy(modelPath);
  return (await engine.train(study, { retrain: null, signal })).id;
}
