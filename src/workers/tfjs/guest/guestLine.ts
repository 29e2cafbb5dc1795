import type { FromGuest, ToGuest } from '../../../execution/protocol.ts';

/** A message with the bytes behind it. */
interface Heard {
  readonly message: FromGuest;
  readonly bytes: Uint8Array;
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id' | 'bytes'> : never;

/** What can be said to the process of a variant. */
export type Say = WithoutId<ToGuest>;

/** The other end: the process in which the variant's code runs. */
export interface GuestLine {
  readonly say: (message: Say, bytes?: Uint8Array) => void;
  readonly hear: () => Promise<Heard>;
}
