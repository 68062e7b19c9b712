import type { AddCommand } from './commandLine.ts';
import { addCheck } from './check/check.ts';
import { addCopy } from './files/copy.ts';
import { addFetch } from './files/fetch.ts';
import { addScript } from './files/script.ts';
import { addBatches, addStatus } from './batches/batches.ts';
import { addHistory } from './history/history.ts';
import { addJournal } from './journal/journal.ts';
import { addLsp } from './lsp.ts';
import { addGroups, addTags } from './inventory/groups.ts';
import { addInventory } from './inventory/inventory.ts';
import { addNodes } from './inventory/nodes.ts';
import { addTrust } from './inventory/trust.ts';
import { addEvents, addLog, addMetrics } from './log/log.ts';
import { addNodeset } from './nodeset.ts';
import { addFreeze } from './policy/freeze.ts';
import { addPolicy } from './policy/policy.ts';
import { addRerun } from './rerun.ts';
import { addPlay } from './play/play.ts';
import { addVars } from './play/vars.ts';
import { addRun } from './run.ts';
import { addStop } from './stop.ts';
import { addSchema } from './schema.ts';

/** Every command there is, in the order of the help. */
export const commands: readonly AddCommand[] = [
  addRun,
  addPlay,
  addScript,
  addCopy,
  addFetch,
  addRerun,
  addStop,
  addBatches,
  addStatus,
  addHistory,
  addEvents,
  addLog,
  addMetrics,
  addJournal,
  addNodes,
  addVars,
  addGroups,
  addTags,
  addInventory,
  addNodeset,
  addTrust,
  addPolicy,
  addFreeze,
  addCheck,
  addSchema,
  addLsp,
];
