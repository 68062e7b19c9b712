import { batchLook, type Family, type Look } from '../../core/run/format.ts';
import type { BatchState } from '../../core/run/state.ts';

/** Ids of theme colours: they carry the family, the icon carries the outcome. */
export const themeColor: Readonly<Record<Family, string>> = {
  ok: 'charts.green',
  bad: 'charts.red',
  unknown: 'charts.yellow',
  idle: 'testing.iconSkipped',
  ours: 'charts.purple',
  active: 'charts.blue',
};

/** The look of a batch by its status, which is a plain string on the wire; an unknown one is shown as interrupted. */
export function lookOfBatch(status: string): Look {
  return isBatchStatus(status) ? batchLook[status] : batchLook.interrupted;
}

function isBatchStatus(status: string): status is BatchState['status'] {
  return Object.hasOwn(batchLook, status);
}
