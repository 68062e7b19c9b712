// An engine that kills itself with SIGKILL when it writes the Nth event, in the middle of the line where it is told so.
// Arguments: data folder, inventory, N, how much of the last line is written (0 to 1).
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [dataDir = '', inventory = '', count = '', part = ''] = process.argv.slice(2);
const write = fs.writeFileSync;
let written = 0;
fs.writeFileSync = (file: fs.PathOrFileDescriptor, data: string | NodeJS.ArrayBufferView): void => {
  if (typeof file !== 'number' || !Buffer.isBuffer(data)) return write(file, data);
  const lines = data.toString().split(/(?<=\n)/);
  const missing = Number(count) - written;
  written += lines.length;
  if (lines.length < missing) return write(file, data);
  const [last = ''] = lines.slice(missing - 1);
  write(file, lines.slice(0, missing - 1).join('') + last.slice(0, Math.round(last.length * Number(part))));
  process.kill(process.pid, 'SIGKILL');
};

// A disk that takes its time: output that is only on its way to it is lost.
const { open } = fs.promises;
fs.promises.open = async (...parameters: Parameters<typeof open>) => {
  const file = await open(...parameters);
  const writev = file.writev.bind(file);
  file.writev = async (...buffers) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return writev(...buffers);
  };
  return file;
};
syncBuiltinESMExports();

const { createEngine } = await import('../../../engine/engine.ts');
const created = await createEngine({ dataDir, home: dataDir });
if (!created.ok) throw new Error(created.error.message);
const client = created.value.connect({
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
});
const preview = await client.plan({
  action: { type: 'command', command: 'echo "from $PWD"; echo oops >&2; exit 3' },
  selection: 'n[1-4]',
  sources: [{ type: 'muster', path: inventory }],
  strategy: { concurrency: 2 },
});
if (!preview.ok) throw new Error(preview.error.message);
const ended = new Promise<void>((resolve) =>
  client.onEvents(({ events }) => {
    if (events.some(({ type }) => type === 'batchFinished')) resolve();
  }),
);
await client.start({ plan: preview.value.plan });
await ended;
await created.value.close();
