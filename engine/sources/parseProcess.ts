import type { Problem } from '../../core/util/problem.ts';
import { type ReadRequest, type ReadSource, readSource } from './readSource.ts';

// The parser of large sources as a process of its own: whatever a hostile file does to it, the engine lives on.
process.on('message', (request: ReadRequest) => {
  process.send?.(sendable(readSource(request)));
});
process.on('disconnect', () => process.exit(0));

/** What an ssh_config says about nodes of others is a function, which can not be sent. */
function sendable(read: ReadSource): ReadSource {
  const { settingsFor, ...part } = read.part;
  if (!settingsFor) return read;
  const message = 'The file is so large that its patterns are not applied to nodes of other sources.';
  const problem: Problem = { code: 'ssh-config/large', severity: 'warning', message };
  return { ...read, part: { ...part, problems: [...part.problems, problem] } };
}
