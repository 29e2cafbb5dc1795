/** The study that the nth replay of another is recorded as. */
export const replayName = (study: string, number: number): string => `${study}-replay-${number}`;

/** A replay's own name: what is called by a bare number is the study that was replayed. */
export const isReplayName = (study: string): boolean => /-replay-\d+$/.test(study);
