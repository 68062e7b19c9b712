// npm run fleet -- --nodes 24: demo nodes on loopback and the workspace that names them, until Ctrl-C.
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../core/util/errors.ts';
import { maxDemoNodes } from './design.ts';
import { type Fleet, startFleet } from './start.ts';

const values = readFlags();
const count = Number(values.nodes);
if (!Number.isInteger(count) || count < 1 || count > maxDemoNodes) {
  console.error(`--nodes must be a whole number from 1 to ${maxDemoNodes}.`);
  process.exit(64);
}
void run();

async function run(): Promise<void> {
  const fleet = await startFleet({ nodes: count, dir: resolve(values.dir), port: 2222 });
  const ended = new Promise<void>((end) => {
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    if (values.json) process.stdin.resume().once('end', end).once('error', end);
  });
  if (values.json) console.log(JSON.stringify({ inventory: fleet.files.inventory }));
  else describe(fleet);
  await ended;
  await fleet.close();
  process.exit(0);
}

/** What was asked for; ends with 64 where that can not be read. */
function readFlags() {
  try {
    return parseArgs({
      options: {
        nodes: { type: 'string', default: '24' },
        dir: { type: 'string', default: join('examples', 'demo') },
        /** One line of JSON when ready, and an end when stdin closes: for scripts that start this one. */
        json: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(messageOf(error));
    console.error(
      `npm run fleet -- [--nodes <1-${maxDemoNodes}>] [--dir <folder of the inventory>] [--json]`,
    );
    return process.exit(64);
  }
}

function describe(fleet: Fleet): void {
  const refusing = fleet.nodes.filter(({ refuses }) => refuses).map(({ name }) => name);
  const inventory = relative(process.cwd(), fleet.files.inventory);
  console.log(
    `${fleet.nodes.length} demo nodes answer on loopback; ${refusing.join(', ')} refuses on purpose.`,
  );
  console.log(`Inventory: ${inventory}`);
  console.log(`Try:       node dist/cli.js run hostname --on all -i ${inventory}`);
  console.log('Ctrl-C ends them.');
}
