import './shared/base.css';
import './search/search.css';
import 'uplot/dist/uPlot.min.css';
import type { FromSearch, ToSearch } from '../../show/views/searchMessages.ts';
import { SearchView } from './search/searchView.ts';
import { rootElement } from './shared/element.ts';
import { connectHost } from './shared/host.ts';

const host = connectHost<ToSearch, FromSearch>();
const view = new SearchView(rootElement(), host.send);
host.onMessage((message) => {
  host.saveOptions({ modelPath: message.modelPath });
  view.show(message);
});
host.send({ kind: 'ready' });
