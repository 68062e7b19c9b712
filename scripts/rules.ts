// npm run rules: writes the pages about rules from the table that the language server has.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { rulePage, rulesPage } from '../server/service/rules/page.ts';
import { pageOf, rules } from '../server/service/rules/rules.ts';

const folder = new URL('../docs/rules/', import.meta.url);
const pages = new Map([
  ['README.md', rulesPage(rules)],
  ...rules.map((rule) => [pageOf(rule), rulePage(rule)] as const),
]);
await mkdir(folder, { recursive: true });
for (const name of await readdir(folder)) if (!pages.has(name)) await rm(new URL(name, folder));
for (const [name, page] of pages)
  await writeFile(new URL(name, folder), await format(page, { parser: 'markdown' }));
console.log(`Wrote ${pages.size} pages to ${fileURLToPath(folder)}`);
