import assert from 'node:assert/strict';
import { docsOf } from '../../core/schema/docs.ts';
import { PolicyFile } from '../../core/schema/policy.ts';
import { committedFiles, readText } from './repository.ts';

describe('R-R7: the guard rails', () => {
  it('are named what they are wherever they are described', () => {
    assert.match(readText('docs/policy.md'), /guard rail against mistakes, not a security boundary/);
    assert.match(readText('README.md'), /Guard rails against mistakes/);
    assert.match(
      docsOf('', PolicyFile).description,
      /guard against mistakes; they are not a security boundary/,
    );
  });

  it('are nowhere called more than that', function () {
    const pages = committedFiles()?.filter((file) => file.endsWith('.md'));
    if (!pages?.length) return this.skip(); // Not a git work tree.
    const boasts =
      /\b(?:prevents? attack|tamper-proof|can ?not be bypassed|enforces? security|secure by policy)\b/i;
    assert.deepEqual(
      pages.filter((file) => boasts.test(readText(file))),
      [],
    );
  });

  it('are linked from where people start', () => {
    assert.match(readText('README.md'), /\(docs\/policy\.md\)/);
    for (const page of ['docs/cli.md', 'docs/vscode.md']) assert.match(readText(page), /\(policy\.md\)/);
  });
});
