/**
 * Operator and family of the record of a baseline's check: it has no score, so that nothing ranks
 * by it. Stands apart so that a host need not load the check.
 */
export const ADEQUACY_CHECK = 'adequacy-check';

/** Title of that record while it is made; what came of it is added at its end. */
export const CHECK_TITLE = 'Check of the baseline';
