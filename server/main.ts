#!/usr/bin/env node
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { start, startOnStreams } from './start.ts';

const isOnStreams = process.argv.includes('--stdio');

/**
 * Language server of Muster's files, over the channel that the client's arguments name (`--stdio`, `--node-ipc`). The
 * bundle is also what reads large files, in a thread of its own.
 */
if (!isMainThread) void import('./index/readThread.ts');
else if (isOnStreams) startOnStreams();
else start(createConnection(ProposedFeatures.all));
