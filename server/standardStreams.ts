import process from 'node:process';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver';

/**
 * A client at the other end of the standard streams. Behind something that is no message no other one is found, so that
 * the server ends instead of never answering again; so it does when the client goes away without a word (LSP, `exit`).
 */
export function standardStreams(): Connection {
  const reader = new StreamMessageReader(process.stdin);
  reader.onError(({ message }) => {
    if (!/\bheader\b|Content-Length/i.test(message)) return;
    process.stderr.write(
      'Standard input brought something that is no message of the Language Server Protocol. An editor has to start this.\n',
    );
    process.exit(1);
  });
  const connection = createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
  let exitCode = 1;
  connection.onShutdown(() => {
    exitCode = 0;
  });
  for (const end of ['end', 'close']) process.stdin.once(end, () => process.exit(exitCode));
  return connection;
}
