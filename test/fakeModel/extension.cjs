'use strict';
const vscode = require('vscode');

const information = {
  id: 'scripted',
  name: 'Scripted',
  family: 'scripted',
  version: '1',
  maxInputTokens: 100000,
  maxOutputTokens: 10000,
  capabilities: { toolCalling: true },
};

const widerLayer = {
  title: 'Widen the hidden layer to 48 units',
  reasoning: 'Both losses still fall at the last epoch, so the layer is small.',
  edits: [{ op: 'setArgument', layer: 1, name: 'units', value: 48, why: 'more capacity' }],
  expectedEffect: { metric: 'val_loss', delta: -0.05 },
  confidence: 0.6,
};

/** Offers its model only while a test has put answers in; each request takes the next one. */
exports.activate = ({ subscriptions }) => {
  const changed = new vscode.EventEmitter();
  let answers = [];
  let isOffered = false;
  let requests = [];

  const provider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: () => (isOffered ? [information] : []),
    provideLanguageModelChatResponse: async (_model, messages, options, progress) => {
      const texts = messages.map(({ content }) => content.map(({ value }) => value ?? '').join(''));
      requests.push({ texts, tools: options.tools ?? [], toolMode: options.toolMode });
      const answer = answers.shift();
      if (answer === undefined) throw new Error('the script has no answer left');
      progress.report(new vscode.LanguageModelTextPart('I look at the log first.'));
      progress.report(
        new vscode.LanguageModelToolCallPart('call-1', options.tools[0].name, answer),
      );
    },
    provideTokenCount: async (_model, text) => Math.ceil(JSON.stringify(text).length / 4),
  };

  const offer = (script) => {
    isOffered = script !== null;
    answers = script ?? [];
    requests = [];
    changed.fire();
  };

  subscriptions.push(
    changed,
    vscode.lm.registerLanguageModelChatProvider('fake-model', provider),
    vscode.commands.registerCommand('fakeModel.offer', offer),
    vscode.commands.registerCommand('fakeModel.offerWiderLayer', () => offer([widerLayer])),
    vscode.commands.registerCommand('fakeModel.requests', () => requests),
  );
};
