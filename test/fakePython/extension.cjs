'use strict';
const vscode = require('vscode');

/** Knows the one interpreter that a test chooses; before that, none. */
exports.activate = ({ subscriptions }) => {
  let chosen = null;
  subscriptions.push(
    vscode.commands.registerCommand('fakePython.choose', (path) => {
      chosen = path;
    }),
  );
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: 'chosen', path: chosen ?? 'python' }),
      resolveEnvironment: async () =>
        chosen === null
          ? undefined
          : { id: 'chosen', executable: { uri: vscode.Uri.file(chosen) }, version: undefined },
    },
  };
};
