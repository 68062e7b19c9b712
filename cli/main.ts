#!/usr/bin/env node
import process from 'node:process';
import { addCheck } from './check.ts';
import { addBatches, addStatus } from './batches/batches.ts';
import { runCommandLine } from './commandLine.ts';
import { addLsp } from './lsp.ts';
import { addGroups, addTags } from './inventory/groups.ts';
import { addInventory } from './inventory/inventory.ts';
import { addNodes } from './inventory/nodes.ts';
import { addTrust } from './inventory/trust.ts';
import { addNodeset } from './nodeset.ts';
import { addFreeze } from './policy/freeze.ts';
import { addPolicy } from './policy/policy.ts';
import { addRun } from './run.ts';
import { addStop } from './stop.ts';
import { addSchema } from './schema.ts';

const commands = [
  addRun,
  addStop,
  addBatches,
  addStatus,
  addNodes,
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

void runCommandLine(process.argv.slice(2), commands).then((code) => {
  process.exitCode ||= code;
});
