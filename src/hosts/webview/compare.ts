import './shared/base.css';
import './compare/compare.css';
import 'uplot/dist/uPlot.min.css';
import type { FromCompare, ToCompare } from '../../show/views/compareMessages.ts';
import { layersTable } from './compare/tables.ts';
import { differencesTable } from './compare/differencesTable.ts';
import { pairedTables } from './compare/pairedTables.ts';
import { CurvesPanel } from './curves/curvesPanel.ts';
import { defaultOptions } from './curves/optionsBar.ts';
import { element, rootElement } from './shared/element.ts';
import { connectHost } from './shared/host.ts';

const host = connectHost<ToCompare, FromCompare>();
let saved = host.loadOptions({
  modelPath: '',
  ids: [] as readonly string[],
  curves: defaultOptions,
});
const save = (part: Partial<typeof saved>): void => {
  saved = { ...saved, ...part };
  host.saveOptions(saved);
};
const open = (id: string): void => {
  host.send({ kind: 'open', id });
};
const [title, layers, differences, paired, curves] = [
  element('h1', { text: 'Compare' }),
  element('section'),
  element('section'),
  element('section'),
  element('section'),
];
rootElement().append(title, curves, layers, differences, paired);
curves.append(element('h2', { text: 'Curves' }));
const panel = new CurvesPanel(curves, {
  options: { ...defaultOptions, ...saved.curves },
  onOptions: (options) => {
    save({ curves: options });
  },
  onOpen: open,
});

host.onMessage(({ modelPath, ids, document }) => {
  save({ modelPath, ids });
  title.textContent = `Compare ${document.attempts.map(({ label }) => label).join(' · ')}`;
  panel.show(document.curves);
  layers.replaceChildren(element('h2', { text: 'Layers' }), layersTable(document, open));
  differences.replaceChildren(
    element('h2', { text: 'Differences beside the layers' }),
    differencesTable(document),
  );
  paired.replaceChildren(element('h2', { text: 'Paired differences' }), ...pairedTables(document));
});
host.send({ kind: 'ready' });
