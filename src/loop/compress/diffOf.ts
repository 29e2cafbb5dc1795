import { createTwoFilesPatch } from 'diff';
import { fileName } from '../../util/fileName.ts';
import type { Original } from './original.ts';

/** What is changed of the builder: the proof of what was made smaller. */
export function diffOf({ file }: Original, text: string): string {
  const name = fileName(file.path);
  const context = { context: 3 };
  return createTwoFilesPatch(
    `a/${name}`,
    `b/${name}`,
    file.text,
    text,
    undefined,
    undefined,
    context,
  );
}
