#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { connect } from './connect.ts';
import { standardStreams } from './standardStreams.ts';

// A young generation that does not grow: a large workspace takes two thirds of the memory.
setFlagsFromString('--semi-space-growth-factor=1');

const isOnStreams = process.argv.includes('--stdio');

/**
 * Language server of Muster's files, over the channel that the client's arguments name (`--stdio`, `--node-ipc`). The
 * bundle is also what reads large files, in a thread of its own.
 */
if (isMainThread) connect(isOnStreams ? standardStreams() : createConnection(ProposedFeatures.all));
else void import('./index/readThread.ts');
