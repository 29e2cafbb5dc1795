import { placeOf, type Study } from '../../study/study.ts';
import type { Output } from './output.ts';

/** Says, before anything is made of it, that an attempt is somebody else's. */
export function sayWhose(study: Study, output: Output): void {
  if (study.remote === undefined) return;
  output.print(
    `! This attempt was fetched: it is on ${placeOf(study)}, by whoever pushed it there.`,
  );
}
