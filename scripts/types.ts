// npm run types: writes types/muster.d.ts, what plugins and files are made of, from the schemas and from core/plugin.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { publicTypes } from './types/publicTypes.ts';

const file = new URL('../types/muster.d.ts', import.meta.url);
const transport = await readFile(new URL('../core/plugin/transport.ts', import.meta.url), 'utf8');
await mkdir(new URL('.', file), { recursive: true });
await writeFile(file, await publicTypes([transport]));
console.log(`Wrote ${fileURLToPath(file)}`);
