/**
 * Writes `train_log.txt` of the examples from a real training: seed 1 of `cortex train` on the wasm
 * runtime, which gives the same numbers on every machine. It trains a copy, so that no attempt is
 * recorded here.
 *
 *     npm run build && node scripts/makeExampleLogs.ts
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '..');
const ORDER = ['loss', 'accuracy', 'val_loss', 'val_accuracy'];

const answerSchema = z.object({
  curves: z.array(z.record(z.string(), z.array(z.number().nullable()))).min(1),
});
type Curves = z.infer<typeof answerSchema>['curves'][number];

for (const name of ['digits', 'diabetes']) {
  const lines = linesOf(train(name));
  writeFileSync(join(ROOT, 'examples', name, 'train_log.txt'), `${lines.join('\n')}\n`);
  console.log(
    `examples/${name}/train_log.txt: ${lines.length} epochs, the last: ${lines.at(-1) ?? 'none'}`,
  );
}

function train(name: string): Curves {
  const copy = mkdtempSync(join(tmpdir(), 'cortex-example-'));
  try {
    cpSync(join(ROOT, 'examples', name), copy, { recursive: true });
    const git = (...words: string[]): unknown =>
      execFileSync(
        'git',
        ['-c', 'user.name=example', '-c', 'user.email=example@localhost', ...words],
        { cwd: copy },
      );
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', name);
    const cli = [
      join(ROOT, 'dist', 'cli.cjs'),
      'train',
      'model.ts',
      '--seeds',
      '1',
      '--runtime',
      'wasm',
      '--json',
    ];
    const answer = answerSchema.parse(
      JSON.parse(execFileSync(process.execPath, cli, { cwd: copy, encoding: 'utf8' })),
    );
    return answer.curves[0] ?? {};
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function linesOf(curves: Curves): string[] {
  const epochs = curves['loss']?.length ?? 0;
  const names = ORDER.filter((name) => name in curves);
  return Array.from({ length: epochs }, (_, i) => {
    const values = names.map((name) => `${name}: ${(curves[name]?.[i] ?? NaN).toFixed(4)}`);
    return [`Epoch ${i + 1}/${epochs}`, ...values].join(' - ');
  });
}
