import type { NewModel } from '../../loop/start/newModel.ts';
import { referenceRows } from '../../propose/start/startNote.ts';

/** The JSON form of a new model. */
export function newDocument(made: NewModel) {
  const { survey, references, models, metric } = made;
  return {
    folder: made.folder,
    files: [...made.files],
    data: {
      kind: survey.kind,
      task: survey.task,
      rows: survey.rows,
      whole: survey.isWhole,
      target: survey.kind === 'table' ? survey.target.name : null,
      notes: [...survey.notes],
    },
    metric,
    references: [...referenceRows(references, metric)],
    models: models.map(({ name, title, reason, source, confidence, score, failure }) => ({
      ...{ name, title, reason, source, confidence, score, failure },
    })),
    chosen: made.chosen,
    searchable: [...made.searchable],
    untried: made.untried,
  };
}
