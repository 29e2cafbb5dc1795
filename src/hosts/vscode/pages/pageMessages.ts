/**
 * What pages may send, checked where it arrives. A bundle of its own, loaded with the first page:
 * zod is a seventh of the extension.
 */
import * as z from 'zod/mini';
import { attemptActions, type FromAttempt } from '../../../show/views/attemptMessages.ts';
import type { FromCompare } from '../../../show/views/compareMessages.ts';
import type { FromCurves } from '../../../show/views/curvesMessages.ts';
import type { FromSearch } from '../../../show/views/searchMessages.ts';
import type { FromStudy } from '../../../show/views/studyMessages.ts';

const id = z.string();
const ids = z.array(id);
const ready = z.object({ kind: z.literal('ready') });
const open = z.object({ kind: z.literal('open'), id });

const curves: z.ZodMiniType<FromCurves> = z.discriminatedUnion('kind', [ready, open]);

const study: z.ZodMiniType<FromStudy> = z.discriminatedUnion('kind', [
  ready,
  open,
  z.object({ kind: z.literal('select'), ids }),
  z.object({ kind: z.literal('star'), id }),
  z.object({ kind: z.literal('compare'), ids }),
  z.object({ kind: z.literal('map') }),
  z.object({ kind: z.literal('sweep') }),
]);

const compare: z.ZodMiniType<FromCompare> = z.discriminatedUnion('kind', [ready, open]);

const attempt: z.ZodMiniType<FromAttempt> = z.discriminatedUnion('kind', [
  ready,
  open,
  z.object({ kind: z.literal('log'), line: z.int().check(z.positive()) }),
  z.object({ kind: z.literal('do'), action: z.enum(attemptActions) }),
]);

const search: z.ZodMiniType<FromSearch> = z.discriminatedUnion('kind', [
  ready,
  open,
  z.object({ kind: z.literal('stop') }),
]);

/** The checks by page. */
export const pageMessages = { curves, study, compare, attempt, search };

export type PageMessages = typeof pageMessages;
export type PageName = keyof PageMessages;
/** What a page sends. */
export type MessageOf<Name extends PageName> = z.infer<PageMessages[Name]>;
