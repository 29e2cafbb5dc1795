/** The terminal draws the same curves. */
export { sparkline } from '../../util/sparkline.ts';
