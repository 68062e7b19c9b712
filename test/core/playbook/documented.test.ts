import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { filters } from '../../../core/playbook/template/filters.ts';
import { tests } from '../../../core/playbook/template/tests.ts';

describe('the page about templates', () => {
  it('has every filter and test as the code describes it', () => {
    const page = readFileSync(new URL('../../../docs/templates.md', import.meta.url), 'utf8').replaceAll(
      '\\|',
      '|',
    );
    for (const [name, { description, example }] of [...filters, ...tests]) {
      assert(page.includes(`| \`${name}\``), name);
      assert(page.includes(description) && page.includes(`\`${example}\``), name);
    }
  });
});
