import './shared/base.css';
import './study/study.css';
import 'uplot/dist/uPlot.min.css';
import type { FromStudy, ToStudy } from '../../show/views/studyMessages.ts';
import { rootElement } from './shared/element.ts';
import { connectHost } from './shared/host.ts';
import { defaultStudyOptions } from './study/studyOptions.ts';
import { StudyView } from './study/studyView.ts';

const host = connectHost<ToStudy, FromStudy>();
const view = new StudyView(rootElement(), {
  options: host.loadOptions(defaultStudyOptions),
  onOptions: host.saveOptions,
  send: host.send,
});
host.onMessage((message) => {
  view.receive(message);
});
host.send({ kind: 'ready' });
