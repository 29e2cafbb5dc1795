import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext } from '../../../src/propose/operators/operatorContext.ts';
import { readSpace } from '../../../src/search/space/readSpace.ts';
import { Realiser } from '../../../src/search/space/realiser.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { requestFor } from '../operators/architectures.ts';
import { BUILDERS, readBuilder, syntax } from '../operators/builders.ts';

const opened = await Promise.all(
  BUILDERS.map(async ({ name, text, data }) => {
    const state = requestFor(await readBuilder(text), {
      data,
      model: { path: '/s/model.ts', language: 'typescript', text },
    });
    const builder = readSpace(openContext(state), 1000);
    return { name, text, builder, realiser: new Realiser(state, builder, syntax) };
  }),
);

test('the model file as it is comes back as it is', () => {
  for (const { name, text, builder, realiser } of opened) {
    const realised = realiser.realise(builder.space.start);
    assert.equal('text' in realised ? realised.text : realised.unfit, text, name);
  }
});

/** Of configurations by chance: how many can be written, each held to its learning rate. */
async function writtenOf({ name, builder, realiser }: (typeof opened)[number]): Promise<number> {
  const random = seededRandom(1);
  let written = 0;
  for (let index = 0; index < 12; index += 1) {
    const values = builder.space.draw(random);
    const realised = realiser.realise(values);
    if ('unfit' in realised) continue;
    written += 1;
    const { compile } = await readBuilder(realised.text);
    const rate = values['learning rate'] ?? null;
    const isNew = rate !== builder.space.start['learning rate'];
    if (isNew) assert.equal(compile?.optimizer?.learningRate, rate, name);
  }
  return written;
}

test('what a configuration says stands in the source, or is refused in words', async () => {
  for (const each of opened) {
    const written = await writtenOf(each);
    assert.ok(written >= 6, `${each.name}: ${written} of 12 can be written`);
  }
});
