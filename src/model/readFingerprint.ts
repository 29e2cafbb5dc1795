/** One layer or call of a fingerprint: `dense(units: 64)`. */
export interface Part {
  readonly type: string;
  readonly text: string;
}

/** A fingerprint taken apart. */
interface ReadFingerprint {
  readonly layers: readonly Part[];
  /** Optimiser, loss and what else `compile` says; empty where there is none. */
  readonly compile: string;
  /** Layers that read from another than the one before. */
  readonly skips: number;
}

/** Takes the canonical text of an architecture apart; an unreadable builder has no layers. */
export function readFingerprint(fingerprint: string): ReadFingerprint {
  const [body = '', compile = ''] = fingerprint.split(' | ');
  const texts = body === 'opaque' || body === 'no layers' ? [] : body.split(' > ');
  return {
    layers: texts.map((text) => ({ type: /^\w+/.exec(text)?.[0] ?? '', text })),
    compile,
    skips: texts.filter((text) => /@[\d+]+$/.test(text)).length,
  };
}

/** The number after `name: `; `null` where there is none. A list counts by its first number. */
export function numberIn(text: string, name: string): number | null {
  const found = new RegExp(`\\b${name}: \\[?(-?[\\d.]+(?:e[+-]?\\d+)?)`).exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Units or filters of a layer. */
export const widthOf = ({ text }: Pick<Part, 'text'>): number | null =>
  numberIn(text, 'units') ?? numberIn(text, 'filters');

/** Layers with weights that people count when they say how deep a network is. */
export const isDeep = ({ type }: Pick<Part, 'type'>): boolean =>
  /^(dense|(depthwise|separable)?[cC]onv\w*|lstm|gru|simpleRNN)$/.test(type);
