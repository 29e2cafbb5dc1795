import {
  noFilter,
  type RowFilter,
  type RowOrder,
  type SortKey,
} from '../../../show/views/rowFilter.ts';
import { usualColumns } from './columns.ts';

/** What the user chose on the page, and what it is about. */
export interface StudyOptions {
  readonly modelPath: string;
  readonly tab: string;
  readonly filter: RowFilter;
  readonly order: RowOrder;
  readonly columns: readonly SortKey[];
}

/** What the page shows before the user chose anything. */
export const defaultStudyOptions: StudyOptions = {
  modelPath: '',
  tab: 'table',
  filter: noFilter,
  order: { key: 'number', descending: true },
  columns: usualColumns,
};
