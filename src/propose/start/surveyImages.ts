import { oneClass, taskUnfit, tooFewRows } from './errors.ts';
import type { ImagesSample, LookedImage } from './sample.ts';
import type { ImagesSurvey, Note } from './survey.ts';
import type { Asked } from './surveyTable.ts';

const FEWEST_IMAGES = 10;
/** Larger images are made smaller: a first model should train in a minute. */
const LARGEST_SIDE = 64;
const RARE = 0.05;

/** What a folder of images by class holds. Throws `input` errors. */
export function surveyImages(sample: ImagesSample, asked: Asked): ImagesSurvey {
  const { path, isWhole, images } = sample;
  if (asked.task !== undefined && asked.task !== 'classification')
    throw taskUnfit(asked.task, 'a folder of images', ['classification']);
  const classes = sample.classes.filter(({ count }) => count > 0);
  if (classes.length < 2)
    throw oneClass(
      path,
      classes.map(({ name }) => name),
    );
  const rows = classes.reduce((sum, { count }) => sum + count, 0);
  if (rows - sample.unread.length < FEWEST_IMAGES)
    throw tooFewRows(path, rows - sample.unread.length);
  const shape = shapeFor(images);
  return {
    ...{ kind: 'images', task: 'classification', path, isWhole, rows, shape },
    classes: classes.toSorted((a, b) => b.count - a.count),
    notes: notesOn(sample, shape, rows),
  };
}

/** The middle of the sizes, no larger than {@link LARGEST_SIDE}; colours where any has some. */
function shapeFor(images: readonly LookedImage[]): ImagesSurvey['shape'] {
  const middle = (pick: (image: LookedImage) => number): number =>
    images.map(pick).toSorted((a, b) => a - b)[Math.floor(images.length / 2)] ?? 32;
  const [height, width] = [middle((image) => image.height), middle((image) => image.width)];
  const shrink = Math.min(1, LARGEST_SIDE / Math.max(height, width));
  const side = (length: number): number => Math.max(4, Math.round(length * shrink));
  return [side(height), side(width), images.some(({ channels }) => channels === 3) ? 3 : 1];
}

function notesOn(
  sample: ImagesSample,
  [height, width, channels]: ImagesSurvey['shape'],
  rows: number,
): readonly Note[] {
  const { images, unread, isWhole } = sample;
  const sizes = new Set(images.map((image) => `${image.height}×${image.width}`));
  const repeated = images.length - new Set(images.map(({ hash }) => hash)).size;
  const warning = (text: string): Note => ({ severity: 'warning', text });
  const info = (text: string): Note => ({ severity: 'info', text });
  return [
    ...(isWhole ? [] : [info(`${images.length} of ${rows} images were looked at.`)]),
    ...(sizes.size > 1
      ? [
          info(
            `The images have ${sizes.size} sizes (${[...sizes].slice(0, 3).join(', ')}` +
              `${sizes.size > 3 ? ' …' : ''}): all are scaled to ` +
              `${height}×${width}×${channels}.`,
          ),
        ]
      : []),
    ...unread
      .slice(0, 3)
      .map(({ path, why }) =>
        warning(`${path} cannot be read (${why}): take it out of the folder.`),
      ),
    ...(repeated > 0
      ? [warning(`${repeated} images are the same file as another one: take them out.`)]
      : []),
    ...rareClass(sample.classes, rows).map(warning),
    ...(rows < 200 ? [warning(`${rows} images are few: folds are used.`)] : []),
  ];
}

const rareClass = (classes: ImagesSample['classes'], rows: number): readonly string[] =>
  classes
    .filter(({ count }) => count > 0 && count / rows < RARE)
    .slice(0, 1)
    .map(
      ({ name, count }) => `Class "${name}" has ${count} of ${rows} images: f1 is measured, too.`,
    );
