import './shared/base.css';
import 'uplot/dist/uPlot.min.css';
import type { FromCurves, ToCurves } from '../../show/views/curvesMessages.ts';
import { CurvesPanel } from './curves/curvesPanel.ts';
import { defaultOptions } from './curves/optionsBar.ts';
import { element, rootElement } from './shared/element.ts';
import { connectHost } from './shared/host.ts';

const host = connectHost<ToCurves, FromCurves>();
const panelNode = element('div');
const empty = element('p', {
  class: 'empty',
  text: 'Curves appear here as soon as something trains. They stay with every attempt.',
});
rootElement().append(empty, panelNode);
panelNode.hidden = true;
const panel = new CurvesPanel(panelNode, {
  options: host.loadOptions(defaultOptions),
  onOptions: (options) => {
    host.saveOptions(options);
  },
  onOpen: (id) => {
    host.send({ kind: 'open', id });
  },
});

host.onMessage((message) => {
  if (message.kind === 'live') return void panel.update(message.runs);
  const isEmpty = message.document === null || message.document.runs.length === 0;
  empty.hidden = !isEmpty;
  panelNode.hidden = isEmpty;
  if (message.document) panel.show(message.document);
});
host.send({ kind: 'ready' });
