// npm run reference: writes the reference pages from the schemas that validate the files.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { ConfigFile } from '../core/schema/config.ts';
import { InventoryFile } from '../core/schema/inventory.ts';
import { PlaybookFile } from '../core/schema/playbook.ts';
import { PolicyFile } from '../core/schema/policy.ts';
import { referencePage } from '../core/schema/reference.ts';
import { TaskFile } from '../core/schema/task.ts';

const pages = {
  inventory: InventoryFile,
  playbook: PlaybookFile,
  task: TaskFile,
  config: ConfigFile,
  policy: PolicyFile,
};
for (const [name, schema] of Object.entries(pages)) {
  const page = new URL(`../docs/reference/${name}.md`, import.meta.url);
  await mkdir(new URL('.', page), { recursive: true });
  await writeFile(page, await format(referencePage(schema), { parser: 'markdown' }));
  console.log(`Wrote ${fileURLToPath(page)}`);
}
