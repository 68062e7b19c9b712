import { setFlagsFromString } from 'node:v8';
import type { Connection } from 'vscode-languageserver';
import { connect } from './connect.ts';
import type { HostKeys } from './hovering.ts';
import { standardStreams } from './standardStreams.ts';

/** Starts the language server for one client, for the rest of the process. */
export function start(connection: Connection, hostKeys?: HostKeys): void {
  // A young generation that does not grow: a large workspace takes two thirds of the memory.
  setFlagsFromString('--semi-space-growth-factor=1');
  connect(connection, hostKeys);
}

/** The same over standard input and output. */
export function startOnStreams(hostKeys?: HostKeys): void {
  start(standardStreams(), hostKeys);
}
