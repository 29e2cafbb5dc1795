import './shared/base.css';
import './attempt/attempt.css';
import 'uplot/dist/uPlot.min.css';
import type { FromAttempt, ToAttempt } from '../../show/views/attemptMessages.ts';
import { attemptPage } from './attempt/attemptPage.ts';
import { CurvesPanel } from './curves/curvesPanel.ts';
import { defaultOptions } from './curves/optionsBar.ts';
import { element, rootElement } from './shared/element.ts';
import { connectHost } from './shared/host.ts';

const host = connectHost<ToAttempt, FromAttempt>();
let saved = host.loadOptions({ modelPath: '', attemptId: '', curves: defaultOptions });
const save = (part: Partial<typeof saved>): void => {
  saved = { ...saved, ...part };
  host.saveOptions(saved);
};
const curves = element('section', {}, element('h2', { text: 'Curves' }));
const panel = new CurvesPanel(curves, {
  options: { ...defaultOptions, ...saved.curves },
  onOptions: (options) => {
    save({ curves: options });
  },
  onOpen: (id) => {
    host.send({ kind: 'open', id: id.replace(/\/seed-\d+$/, '') });
  },
});

host.onMessage((message) => {
  save({ modelPath: message.modelPath, attemptId: message.attemptId });
  curves.hidden = message.view.curves.runs.length === 0;
  rootElement().replaceChildren(
    ...attemptPage(message, curves, (answer) => {
      host.send(answer);
    }),
  );
  if (!curves.hidden) panel.show(message.view.curves);
});
host.send({ kind: 'ready' });
