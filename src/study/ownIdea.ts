import * as z from 'zod';
import { FINDING_KINDS } from '../log/diagnosis.ts';
import type { DeepReadonly } from '../util/deepReadonly.ts';

/** What data may ask for before anything is trained. */
export const demandKinds = ['outliers', 'waves', 'imbalance', 'many-steps', 'few-rows'] as const;

const WORD = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const NAME = /^[A-Za-z]\w*$/;
const CALLEE = /^[A-Za-z]\w*(\.[A-Za-z]\w*)+$/;

const wordSchema = z
  .string()
  .max(60)
  .regex(WORD, 'expected small letters, digits and single hyphens, such as wide-front');
const nameSchema = z.string().max(60).regex(NAME, 'expected a name, such as dense or kernelSize');
/** Prose of one line: it goes into records, commits and pages. */
const lineSchema = z
  .string()
  .trim()
  .min(1)
  .max(400)
  .regex(/^[^\p{Cc}]*$/u, 'expected text of one line');

const literalSchema = z.union([z.number(), z.string().max(200), z.boolean(), z.null()]);

/** A value of an argument: plain JSON, or a call into the runtime. No code: files are shared. */
const valueSchema = z.union([
  literalSchema,
  z.array(z.number()).max(8),
  z.strictObject({
    call: z.string().regex(CALLEE, 'expected a call by its name, such as regularizers.l2'),
    arguments: z.record(nameSchema, literalSchema).default({}),
  }),
]);

const layerSchema = z.strictObject({
  type: nameSchema.describe('Name of the layer as TensorFlow.js has it: dense, conv2d, dropout …'),
  arguments: z.record(nameSchema, valueSchema).default({}),
});
const layersSchema = z.array(layerSchema).min(1).max(8);

const editSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('insertBehind'), layers: layersSchema }),
  z.strictObject({ op: z.literal('insertBefore'), layers: layersSchema }),
  z.strictObject({ op: z.literal('setArgument'), name: nameSchema, value: valueSchema }),
  z.strictObject({ op: z.literal('removeArgument'), name: nameSchema }),
  z.strictObject({ op: z.literal('replaceLayer'), with: layerSchema }),
  z.strictObject({ op: z.literal('removeLayer') }),
  z.strictObject({
    op: z.literal('setCompile'),
    optimizer: z
      .strictObject({
        type: z.enum(['adam', 'sgd', 'rmsprop', 'momentum', 'adamax', 'adagrad']),
        learningRate: z.number().positive(),
      })
      .optional(),
    loss: nameSchema.optional(),
  }),
]);

const whereSchema = z.strictObject({
  layer: z.array(nameSchema).min(1).describe('Types of hidden layers that it is for.'),
  which: z.enum(['each', 'first', 'last']).default('each'),
  output: z
    .enum(['row', 'steps', 'image'])
    .optional()
    .describe('What the layer gives: a row of numbers, steps × features, or an image.'),
  width: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe('Fewest and most units or filters that it has.'),
});

const share = z.number().min(0).max(1);

/** `.cortex/ideas/NAME.json`: an idea of a person's or a team's own. */
export const ownIdeaSchema = z.strictObject({
  $schema: z.string().optional(),
  name: wordSchema.describe('What attempts and records call it.'),
  family: wordSchema.default('own'),
  source: lineSchema.describe('Where it comes from: a work, a page, who found it and when.'),
  answers: z
    .partialRecord(z.enum(FINDING_KINDS), z.number().min(-1).max(1))
    .default({})
    .describe('Findings of a log it is a remedy for (up to 1) or makes worse (down to −1).'),
  calledBy: z
    .partialRecord(z.enum(demandKinds), share)
    .default({})
    .describe('What of the data calls for it, up to 1.'),
  base: share.default(0.1).describe('How much it is worth a try where nothing calls for it.'),
  gain: share.default(0.1).describe('Share of what could be won that it wins where it works.'),
  task: z.enum(['classification', 'regression', 'multi-label']).optional(),
  where: whereSchema.optional().describe('Which layers it is for; without it, the whole model.'),
  title: lineSchema.describe('What is done; {layer} stands for the layer.'),
  because: lineSchema.describe('Why that helps; {layer} stands for the layer.'),
  edits: z.array(editSchema).min(1).max(8),
});

/** An idea of a person's or a team's own. */
export type OwnIdea = DeepReadonly<z.infer<typeof ownIdeaSchema>>;
