import assert from 'node:assert/strict';
import {
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { DiskStudyFiles } from '../../../src/adapters/files/diskStudyFiles.ts';
import { findModelPath } from '../../../src/adapters/files/findModelPath.ts';
import { openStudy } from '../../../src/adapters/files/openStudy.ts';

const all = await realpath(await mkdtemp(join(tmpdir(), 'cortex-files-')));
after(() => rm(all, { recursive: true, force: true }));

const BUILDER = 'export function buildModel() {}\n';
const LOG = 'Epoch 1/2 - loss: 0.91 - val_loss: 0.95\nEpoch 2/2 - loss: 0.81 - val_loss: 0.85\n';

/** A folder `digits` with these files; each is a second older than the one before it. */
async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = join(await mkdtemp(join(all, 'study-')), 'digits');
  await mkdir(folder);
  const now = Date.now() / 1000;
  for (const [i, [name, content]] of Object.entries(files).entries()) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    await utimes(join(folder, name), now - i, now - i);
  }
  return folder;
}

const refusal =
  (code: string, what?: RegExp) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof Error && 'code' in error, String(error));
    assert.equal(error.code, code);
    if (what) assert.match(error.message, what);
    return true;
  };

describe('openStudy', () => {
  test('a model file alone has every default', async () => {
    const folder = await folderWith({ 'model.ts': BUILDER });
    const study = await openStudy(join(folder, 'model.ts'));
    assert.deepEqual(
      {
        name: study.name,
        folder: study.folder,
        logPath: study.logPath,
        epochs: study.config.epochs,
      },
      { name: 'digits', folder, logPath: null, epochs: 20 },
    );
  });

  test('a folder and its study file mean the same study', async () => {
    const folder = await folderWith({
      'net.ts': BUILDER,
      'other.ts': BUILDER,
      'cortex.json': '{"model": "net.ts", "epochs": 3}',
    });
    const studies = await Promise.all(
      [folder, join(folder, 'cortex.json'), join(folder, 'net.ts')].map((path) => openStudy(path)),
    );
    for (const study of studies)
      assert.deepEqual(
        { name: study.name, basename: basename(study.modelPath), epochs: study.config.epochs },
        { name: 'digits', basename: 'net.ts', epochs: 3 },
      );
  });

  test('another model beside it is a study of its own', async () => {
    const folder = await folderWith({
      'net.ts': BUILDER,
      'other.ts': BUILDER,
      'cortex.json': '{"model": "net.ts", "name": "mine", "log": "net.log", "epochs": 3}',
    });
    const study = await openStudy(join(folder, 'other.ts'));
    assert.deepEqual(
      { name: study.name, logPath: study.logPath, epochs: study.config.epochs },
      { name: 'digits-other', logPath: null, epochs: 3 },
    );
  });

  test('a study file further up counts when it names the model', async () => {
    const folder = await folderWith({
      'src/deep/net.ts': BUILDER,
      'cortex.json': '{"model": "src/deep/net.ts"}',
    });
    const study = await openStudy(join(folder, 'src/deep/net.ts'));
    assert.deepEqual({ name: study.name, folder: study.folder }, { name: 'digits', folder });
  });

  test('names: the folder, with the file where several models lie beside each other', async () => {
    const folder = await folderWith({
      'model.ts': BUILDER,
      'wide.ts': BUILDER,
      'data.ts': 'export const loadData = 1;',
    });
    assert.equal((await openStudy(join(folder, 'model.ts'))).name, 'digits');
    assert.equal((await openStudy(join(folder, 'wide.ts'))).name, 'digits-wide');
    const alone = await folderWith({ 'wide.ts': BUILDER, 'data.ts': '' });
    assert.equal((await openStudy(alone)).name, 'digits');
  });

  test('what cannot be opened says why', async () => {
    const folder = await folderWith({
      'a.ts': BUILDER,
      'b.ts': BUILDER,
      'notes.txt': '',
      'empty/x.txt': '',
      'bad/cortex.json': '{',
      'gone/cortex.json': '{"model": "gone.ts"}',
    });
    await assert.rejects(openStudy(join(folder, 'no.ts')), refusal('model-missing', /no\.ts/));
    await assert.rejects(openStudy(folder), refusal('model-ambiguous', /a\.ts, b\.ts/));
    await assert.rejects(openStudy(join(folder, 'notes.txt')), refusal('model-unknown-language'));
    await writeFile(join(folder, 'page.html'), '<script>tf.sequential();</script>');
    await assert.rejects(openStudy(join(folder, 'page.html')), {
      remedy: /into a \.js or \.ts file/,
    });
    await assert.rejects(openStudy(join(folder, 'empty')), refusal('model-not-found'));
    await assert.rejects(openStudy(join(folder, 'bad')), refusal('study-not-json', /line 1/));
    await assert.rejects(openStudy(join(folder, 'gone')), refusal('model-missing', /gone\.ts/));
    assert.equal(await findModelPath(join(folder, 'a.ts')), join(folder, 'a.ts'));
  });
});

describe('the log of a study', () => {
  const files = new DiskStudyFiles();

  test('is the newest beside the model that shows epochs', async () => {
    const folder = await folderWith({
      'npm-debug.log': 'nothing here\n',
      'train_log_2.txt': LOG,
      'train_log.txt': LOG,
      'model.ts': BUILDER,
    });
    const study = await openStudy(folder);
    assert.equal(study.logPath, join(folder, 'train_log_2.txt'));
    assert.deepEqual((await files.readLog(study))?.series, {
      loss: [0.91, 0.81],
      val_loss: [0.95, 0.85],
    });
  });

  test("is never the study's own table", async () => {
    const folder = await folderWith({
      'model.ts': BUILDER,
      'training.csv': 'loss,y\n1,2\n',
      'cortex.json': '{"data": {"csv": "training.csv", "target": "y", "task": "regression"}}',
    });
    assert.equal((await openStudy(folder)).logPath, null);
  });

  test('is none where there is none', async () => {
    const study = await openStudy(
      await folderWith({ 'model.ts': BUILDER, 'other.log': 'hello\n' }),
    );
    assert.deepEqual(
      { logPath: study.logPath, log: await files.readLog(study) },
      { logPath: null, log: null },
    );
  });

  test("that a person chose is kept in the study file's words, and so is the run they chose", async () => {
    const folder = await folderWith({
      'model.ts': BUILDER,
      'train_log.txt': LOG,
      'runs/mine.txt': `${LOG}Epoch 1/2 - loss: 0.5 - val_loss: 0.6\n`,
    });
    const study = await openStudy(folder, { logPath: join(folder, 'runs', 'mine.txt') });
    assert.deepEqual(
      { log: study.config.log, logPath: study.logPath },
      { log: 'runs/mine.txt', logPath: join(folder, 'runs', 'mine.txt') },
    );
    assert.deepEqual((await files.readLog(study))?.series, { loss: [0.5], val_loss: [0.6] });
    const chosen = await files.readLog({ ...study, logRun: 1 });
    assert.deepEqual(chosen?.series, { loss: [0.91, 0.81], val_loss: [0.95, 0.85] });
    assert.ok(chosen.notes.includes('The log holds 2 runs; run 1 was read.'), chosen.notes.join());
  });

  test('that is named must be there', async () => {
    const study = await openStudy(
      await folderWith({ 'model.ts': BUILDER, 'cortex.json': '{"log": "runs/last.log"}' }),
    );
    await assert.rejects(files.readLog(study), refusal('log-missing', /runs\/last\.log/));
  });

  test('that is empty, binary or a folder is refused by its name', async () => {
    const named = { 'model.ts': BUILDER, 'cortex.json': '{"log": "train_log.txt"}' };
    const readNamed = async (content: string | Uint8Array): Promise<unknown> =>
      files.readLog(await openStudy(await folderWith({ ...named, 'train_log.txt': content })));
    await assert.rejects(readNamed(''), refusal('log-empty', /train_log\.txt/));
    await assert.rejects(
      readNamed(Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251)),
      refusal('log-binary', /train_log\.txt/),
    );
    await assert.rejects(readNamed('hello\n'), refusal('log-no-epochs', /train_log\.txt/));
    await assert.rejects(
      files.readLog(await openStudy(await folderWith({ ...named, 'train_log.txt/a': '' }))),
      refusal('log-not-a-file'),
    );
    const unnamed = await openStudy(await folderWith({ 'model.ts': BUILDER, 'train_log.txt': '' }));
    await assert.rejects(
      files.readLog(unnamed),
      refusal('log-empty'),
      'a file so named is meant to be the log',
    );
  });

  test('in UTF-16, as PowerShell writes it, or with a byte order mark reads the same', async () => {
    const expected = { loss: [0.91, 0.81], val_loss: [0.95, 0.85] };
    const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
    for (const content of [
      Buffer.from(`\uFEFF${LOG}`, 'utf16le'),
      Buffer.from(LOG, 'utf16le'),
      swapped(`\uFEFF${LOG}`),
      swapped(LOG),
      `\uFEFF${LOG}`,
    ]) {
      const study = await openStudy(
        await folderWith({ 'train_log.txt': content, 'model.ts': BUILDER }),
      );
      assert.deepEqual((await files.readLog(study))?.series, expected);
    }
  });

  test('of another run is said to be one', async () => {
    const accuracy =
      'Epoch 1/2 - loss: 0.91 - accuracy: 0.1\nEpoch 2/2 - loss: 0.81 - accuracy: 0.2\n';
    const regression = '"data": {"csv": "a.csv", "target": "y", "task": "regression"}';
    const found = await openStudy(
      await folderWith({
        'train_log.txt': accuracy,
        'model.ts': BUILDER,
        'cortex.json': `{${regression}}`,
      }),
    );
    assert.equal(await files.readLog(found), null, 'one that was only found is left aside');
    const named = await openStudy(
      await folderWith({
        'train_log.txt': accuracy,
        'model.ts': BUILDER,
        'cortex.json': `{${regression}, "log": "train_log.txt"}`,
      }),
    );
    const notes = (await files.readLog(named))?.notes ?? [];
    assert.match(notes.join(' '), /study is a regression.*does not report val_loss/);
  });

  test('older than the model says so', async () => {
    const folder = await folderWith({ 'model.ts': BUILDER, 'train_log.txt': LOG });
    await utimes(join(folder, 'train_log.txt'), 1000, 1000);
    const log = await files.readLog(await openStudy(folder));
    assert.deepEqual(log?.notes, [
      'model.ts was changed after the log was written; the log may be of an earlier version.',
    ]);
  });
});

describe('the text of a model', () => {
  const files = new DiskStudyFiles();
  const readWith = async (content: string | Uint8Array): Promise<string> =>
    (
      await files.readModel(
        await openStudy(join(await folderWith({ 'model.ts': content }), 'model.ts')),
      )
    ).text;

  test('is exact', async () => {
    for (const text of ['\uFEFFexport const a = 1;\r\n', 'a\r\nb\nc', 'größe ✓', ''])
      assert.equal(await readWith(text), text);
  });

  test('knows its language', async () => {
    const folder = await folderWith({ 'model.py': 'def build_model(): pass\n' });
    assert.equal((await files.readModel(await openStudy(folder))).language, 'python');
  });

  test('is refused where it is no text, too large, a folder or gone', async () => {
    await assert.rejects(readWith(Uint8Array.of(0xff, 0xfe, 0x80)), refusal('model-not-utf8'));
    await assert.rejects(
      readWith('x'.repeat(2 * 1024 * 1024 + 1)),
      refusal('model-too-large', /2\.0 MB/),
    );
    await assert.rejects(
      files.readModel(
        await openStudy(
          join(
            await folderWith({ 'cortex.json': '{"model": "model.ts"}', 'model.ts/a': '' }),
            'cortex.json',
          ),
        ),
      ),
      refusal('model-is-folder'),
    );
    const study = await openStudy(await folderWith({ 'model.ts': BUILDER }));
    await assert.rejects(
      files.readModel({ ...study, modelPath: join(study.folder, 'gone.ts') }),
      refusal('model-missing'),
    );
  });

  test('is read through a link', async () => {
    const folder = await folderWith({ 'real/model.ts': BUILDER });
    await symlink(join(folder, 'real/model.ts'), join(folder, 'model.ts'));
    const study = await openStudy(join(folder, 'model.ts'));
    assert.equal(
      (await files.readModel(study)).text,
      await readFile(join(folder, 'real/model.ts'), 'utf8'),
    );
  });
});
