/** Every way an attempt can end. Stands apart from the schema so that a host need not load it. */
export const verdictKinds = [
  'better',
  'worse',
  'inconclusive',
  'invalid',
  'crashed',
  'rejected',
  'cancelled',
  'baseline',
] as const;
