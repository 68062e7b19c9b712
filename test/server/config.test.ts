import assert from 'node:assert/strict';
import { completion } from '../../server/service/completion/completion.ts';
import type { MusterDocument } from '../../server/service/document.ts';
import { hover } from '../../server/service/hover/hover.ts';
import { documentOf, validate } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

function configOf(text: string, uri = 'file:///home/me/.config/muster/config.yaml'): MusterDocument {
  return documentOf(text, 'muster-config', uri);
}

/** A document without the `|` in it, and the place where that stood. */
function atCursor(text: string) {
  const offset = text.indexOf('|');
  const config = configOf(text.slice(0, offset) + text.slice(offset + 1));
  return { config, position: config.document.positionAt(offset) };
}

describe('the language service in config.yaml', () => {
  it('offers the keys that are not written yet', () => {
    const { config, position } = atCursor('defaults:\n  concurrency: 5\n  re|\n');
    const labels = completion(config, position, emptyWorkspace).items.map(({ label }) => label);
    assert.ok(labels.includes('retries') && !labels.includes('concurrency'), labels.join());
  });

  it('offers the words of a mode', () => {
    const { config, position } = atCursor('classes:\n  x: { match: y, mode: | }\n');
    assert.deepEqual(
      completion(config, position, emptyWorkspace).items.map(({ label }) => label),
      ['parallel', 'sequential'],
    );
  });

  it('says which transports there are where one is misspelt', () => {
    const [problem] = validate(configOf('defaults:\n  perTransport: { shh: 5 }\n'));
    assert.match(JSON.stringify(problem), /Unknown key ."shh.".*Did you mean ."ssh."/);
  });

  it('says what a key means', () => {
    const { config, position } = atCursor('limits:\n  que|ue: 5\n');
    assert.match(
      JSON.stringify(hover(config, position, emptyWorkspace)),
      /How many executions of all batches together may wait/,
    );
  });

  it('marks what is wrong, and what a workspace may not set', () => {
    const problems = (text: string, uri?: string) =>
      validate(configOf(text, uri)).map(({ range, message }) => [range.start.line, message]);
    assert.deepEqual(problems('defaults: { concurrncy: 5 }\n'), [
      [0, 'Unknown key "concurrncy". Did you mean "concurrency"?'],
    ]);
    assert.deepEqual(problems('limits: { queue: 5 }\n'), []);
    assert.match(
      JSON.stringify(problems('limits: { queue: 5 }\n', 'file:///w/.muster/config.yaml')),
      /workspace/,
    );
  });
});
