// Runs in a network namespace of its own: three nodes of one sshd, and then the network goes away. Prints what became
// of them as JSON.
import { execFileSync } from 'node:child_process';
import { sshTransport } from '../../engine/transports/session.ts';
import { sshdWith } from '../servers.ts';
import { addresses, createWorld, fleetOf, outcomesOf } from '../world.ts';

// What runs on a node that nobody reaches any more ends by itself.
const sshd = await sshdWith([...addresses(3), 'ClientAliveInterval 1', 'ClientAliveCountMax 1']);
const transport = sshTransport({ keepalive: { intervalMs: 150, count: 3 } });
const world = await createWorld(fleetOf(sshd, 3), { transport });
const batch = await world.start('echo up; exec sleep 5');
for (const id of ['e1', 'e2', 'e3']) {
  await batch.until((event) => event.type === 'outputProgress' && event.execution === id);
}
execFileSync('ip', ['link', 'set', 'lo', 'down']);
const cutAt = performance.now();
const state = await batch.ended;
const tookMs = performance.now() - cutAt;
const { stdout } = await world.output(state.id, 'e3');
console.log(JSON.stringify({ outcomes: outcomesOf(state), stdout: stdout.toString(), tookMs }));
// The sessions of sshd still hold a pipe of this process, until they notice.
await world[Symbol.asyncDispose]();
await sshd[Symbol.asyncDispose]();
process.exit();
