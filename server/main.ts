#!/usr/bin/env node
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { connect } from './connect.ts';

/** Language server of Muster's files, over the channel that the client's arguments name (`--stdio`, `--node-ipc`). */
connect(createConnection(ProposedFeatures.all));
