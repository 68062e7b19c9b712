import { isAbsolute } from 'node:path';
import { wantedOf } from '../../../core/export/input.ts';
import { nodeFiles } from '../../../core/export/nodeFiles.ts';
import { textWriters } from '../../../core/export/writers.ts';
import type { EngineClient } from '../../../core/protocol/client.ts';
import { refuse } from '../../../core/util/errors.ts';
import type { HistoryLayout } from '../layout.ts';
import type { Unsaved } from '../unsaved.ts';
import { exportInput } from './exportInput.ts';
import { placeFile, placeFolder } from './place.ts';

type ExportDeps = { readonly layout: HistoryLayout; readonly unsaved: Unsaved };

/** Writes batches to places that a client names. Of one that runs, what has ended: its output is on disk by then. */
export function exportMethods({ layout, unsaved }: ExportDeps): Pick<EngineClient, 'exportBatch'> {
  return {
    async exportBatch(request) {
      const { format, path, overwrite = false } = request;
      if (!isAbsolute(path)) return refuse('USAGE', `${path} is not an absolute path.`);
      const input = await exportInput(layout, request, unsaved);
      if (!input.ok) return input;
      const place = { path, isReplaced: overwrite };
      const written =
        format === 'files'
          ? await placeFolder(place, nodeFiles(input.value))
          : await placeFile(place, textWriters[format](input.value));
      if (!written.ok) return written;
      return { ok: true, value: { path, ...written.value, executions: wantedOf(input.value).length } };
    },
  };
}
