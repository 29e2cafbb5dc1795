import type { LanguageModelToolInvocationPrepareOptions, PreparedToolInvocation } from 'vscode';
import { fileName } from '../../../util/fileName.ts';
import type { ToolInput } from './toolInput.ts';

/** What the user is asked before an agent trains: it runs code and records a commit. */
export const confirmTraining = ({
  input,
}: LanguageModelToolInvocationPrepareOptions<ToolInput>): PreparedToolInvocation => {
  const name = fileName(typeof input['model'] === 'string' ? input['model'] : 'the model');
  return {
    invocationMessage: `Training ${name}`,
    confirmationMessages: {
      title: `Train ${name}?`,
      message:
        "It runs the model's code for minutes and records a commit on the study's own " +
        'branch. Your files and branches stay as they are.',
    },
  };
};
