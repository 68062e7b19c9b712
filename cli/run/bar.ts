import { outcomeLook } from '../../core/run/format.ts';
import { outcomeStatuses } from '../../core/run/statuses.ts';
import type { BatchState, ExecutionStatus } from '../../core/run/state.ts';
import { familyLook } from '../terminal/looks.ts';
import { type Line, span } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** The order of segments from the left: outcomes as in the legend, what is under way, what waits. */
const order: readonly ExecutionStatus[] = [...outcomeStatuses, 'running', 'connecting', 'waiting', 'queued'];

/** The progress bar, `cells` wide; what there is at all gets a cell. */
export function progressBar(state: BatchState, cells: number, terminal: Pick<Terminal, 'utf8'>): Line {
  const present = order.filter((status) => state.counts[status] > 0);
  const sizes = shareCells(
    present.map((status) => state.counts[status]),
    cells,
  );
  return present.map((status, at) => {
    const text = glyphOf(status, terminal).repeat(sizes[at] ?? 0);
    return span(text, familyLook[outcomeLook[status].family]);
  });
}

/** Divides cells in proportion to counts, each at least one; the largest gives what that takes too much. */
export function shareCells(counts: readonly number[], cells: number): readonly number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sizes = counts.map((count) => Math.max(1, Math.round((count / total) * cells)));
  let surplus = sizes.reduce((sum, size) => sum + size, 0) - cells;
  while (surplus !== 0 && sizes.length > 0) {
    const largest = sizes.indexOf(Math.max(...sizes));
    const size = sizes[largest] ?? 0;
    if (surplus > 0 && size <= 1) break;
    sizes[largest] = size - Math.sign(surplus);
    surplus -= Math.sign(surplus);
  }
  return sizes;
}

/** Shade tells solid, unknown, under way and waiting apart where there is no colour. */
function glyphOf(status: ExecutionStatus, { utf8 }: Pick<Terminal, 'utf8'>): string {
  const { family } = outcomeLook[status];
  const ended = (outcomeStatuses as readonly string[]).includes(status);
  if (!utf8) return ended ? '#' : '.';
  if (family === 'active') return '▒';
  if (family === 'idle' || status === 'waiting') return '░';
  return family === 'unknown' ? '▓' : '█';
}
