import type { AutopilotState, Promotion } from '../../../record/autopilotState.ts';

/** What a person is told without having asked. */
export type Notice =
  | { readonly kind: 'promoted'; readonly promotion: Promotion }
  | { readonly kind: 'set-aside'; readonly why: string };

/** What is new in the state of a study since it was read last. */
export const noticesBetween = (
  before: AutopilotState,
  { promotions, setAside }: AutopilotState,
): readonly Notice[] => [
  ...promotions
    .slice(before.promotions.length)
    .map((promotion): Notice => ({ kind: 'promoted', promotion })),
  ...(setAside && before.setAside?.at !== setAside.at
    ? [{ kind: 'set-aside', why: setAside.why } as const]
    : []),
];

/** Whether an attempt was begun or a cycle has ended since: a history shows others then. */
export const hasNewAttempts = (before: AutopilotState, after: AutopilotState): boolean =>
  attemptsIn(before) !== attemptsIn(after);

const attemptsIn = ({ cycles }: AutopilotState): string =>
  cycles.map(({ attempts, end }) => `${attempts.length}${end}`).join();
