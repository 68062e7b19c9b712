#!/usr/bin/env node
import process from 'node:process';
import { runCommandLine } from './commandLine.ts';
import { commands } from './commands.ts';

void runCommandLine(process.argv.slice(2), commands).then((code) => {
  process.exitCode ||= code;
});
