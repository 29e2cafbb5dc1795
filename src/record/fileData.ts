import * as z from 'zod';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** The keys that name where rows stand; a study names one of them. */
const KINDS = ['csv', 'jsonl', 'parquet', 'npz', 'images'] as const;

/** Rows in a file of the user's, as a study names them. */
export type FileKind = (typeof KINDS)[number];

const path = (of: string): z.ZodOptional<z.ZodString> =>
  z.string().min(1).optional().describe(`${of}, relative to this file.`);

/** Rows of a table, of arrays, or of images, and what of them is to be predicted. */
export const fileDataSchema = z
  .strictObject({
    csv: path('A table whose first line names the columns: CSV with any separator'),
    jsonl: path('JSON lines: an object a line, with the same keys in each'),
    parquet: path('A Parquet table'),
    npz: path('Arrays that NumPy saved: x and y, or x_train, y_train, x_test …'),
    images: path('A folder with one folder of PNG or JPEG images for each class'),
    separator: z
      .string()
      .length(1)
      .optional()
      .describe('Between the cells of a CSV table; default: the one its lines agree on.'),
    target: z.string().min(1).optional().describe('Column to be predicted.'),
    task: z.enum(['classification', 'regression']).optional().describe('Classes or numbers?'),
    inputShape: z
      .array(z.int().positive())
      .min(1)
      .optional()
      .describe(
        'Shape of one input, e.g. [8, 8, 1]; default: one flat vector of all feature columns, or ' +
          'what an array says. Images are scaled to it: [height, width, 1 or 3].',
      ),
  })
  .superRefine((data, context) => {
    for (const { key, message } of wantingIn(data))
      context.addIssue({ code: 'custom', path: key === null ? [] : [key], message });
  })
  .describe('Rows in files.');

/** See {@link fileDataSchema}. */
export type FileData = DeepReadonly<z.infer<typeof fileDataSchema>>;

/** Where the rows stand, as the study file writes it. */
export function fileOf(data: FileData): { readonly kind: FileKind; readonly path: string } {
  for (const kind of KINDS) {
    const written = data[kind];
    if (written !== undefined) return { kind, path: written };
  }
  throw new Error('A study whose rows stand nowhere.');
}

/** Path of the file or folder that holds the rows; `null` where a module gives them. */
export const rowsPathOf = ({
  data,
}: {
  readonly data?: string | FileData | undefined;
}): string | null => (typeof data === 'object' ? fileOf(data).path : null);

interface Wanting {
  readonly key: keyof FileData | null;
  readonly message: string;
}

function wantingIn(data: FileData): readonly Wanting[] {
  const named = KINDS.filter((kind) => data[kind] !== undefined);
  const [kind, ...others] = named;
  if (kind === undefined || others.length > 0)
    return [{ key: null, message: `one of the keys ${KINDS.join(', ')}` }];
  if (kind === 'images')
    return isImageShape(data.inputShape)
      ? []
      : [{ key: 'inputShape', message: '[height, width, 1 or 3], to which images are scaled' }];
  if (kind === 'npz') return [];
  const words = { target: 'the name of a column', task: 'classification or regression' } as const;
  return (['target', 'task'] as const)
    .filter((key) => data[key] === undefined)
    .map((key) => ({ key, message: words[key] }));
}

const isImageShape = (shape: readonly number[] | undefined): boolean =>
  shape?.length === 3 && (shape[2] === 1 || shape[2] === 3);
