#!/usr/bin/env node
import process from 'node:process';
import { addCheck } from './check.ts';
import { runCommandLine } from './commandLine.ts';
import { addLsp } from './lsp.ts';
import { addNodes } from './nodes.ts';
import { addNodeset } from './nodeset.ts';
import { addRun } from './run.ts';
import { addSchema } from './schema.ts';

void runCommandLine(process.argv.slice(2), [addRun, addNodes, addNodeset, addCheck, addSchema, addLsp]).then(
  (code) => {
    process.exitCode ||= code;
  },
);
