#!/usr/bin/env node
import process from 'node:process';
import { runCommandLine } from './commandLine.ts';
import { addNodes } from './nodes.ts';
import { addNodeset } from './nodeset.ts';
import { addRun } from './run.ts';

void runCommandLine(process.argv.slice(2), [addRun, addNodes, addNodeset]).then((code) => {
  process.exitCode = code;
});
