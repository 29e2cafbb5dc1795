/**
 * Version of every JSON document that Cortex hands out (terminal, tools for agents); documented in
 * docs/cli.md.
 */
export const CONTRACT_VERSION = 1;
