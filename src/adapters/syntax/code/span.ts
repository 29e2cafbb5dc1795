/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A piece of source with a tag, a range and what it is made of. */
export type Shape<Kind extends string, Parts = unknown> = {
  readonly kind: Kind;
  readonly span: Span;
} & Readonly<Parts>;

/** Tells a range from others of the same text. */
export const spanKey = ({ start, end }: Span): string => `${start}–${end}`;
