import assert from 'node:assert/strict';
import type { TextDocumentChangeEvent } from 'vscode-languageserver';
import { Emitter, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { shapesOf } from '../../core/schema/shape.ts';
import { PlaybookFile } from '../../core/schema/playbook.ts';
import { createScheduler } from '../../server/index/scheduler.ts';
import { createReadAhead } from '../../server/readAhead.ts';

const uri = 'file:///w/a.playbook.yaml';
const step = (at: number): string =>
  `  - id: s${at}\n    run: echo {{ vars.v${at} }}\n    when: vars.a == ${at}\n`;
const playbook = (count: number): string =>
  `vars: { a: 1 }\nsteps:\n${Array.from({ length: count }, (_none, at) => step(at)).join('')}`;

/** What is opened, edited and closed, and what was done in which order. */
function opening() {
  const changed = new Emitter<TextDocumentChangeEvent<TextDocument>>();
  const closed = new Emitter<TextDocumentChangeEvent<TextDocument>>();
  const documents = new TextDocuments(TextDocument);
  const open = new Map<string, TextDocument>();
  Object.defineProperties(documents, {
    onDidChangeContent: { value: changed.event },
    onDidClose: { value: closed.event },
  });
  documents.get = (each) => open.get(each);
  const scheduler = createScheduler();
  const order: string[] = [];
  const ahead = createReadAhead({
    documents,
    scheduler,
    onRead: () => order.push('read'),
    report: (error) => assert.fail(String(error)),
  });
  return {
    ahead,
    scheduler,
    order,
    write(version: number, text: string): TextDocument {
      const document = TextDocument.create(uri, 'muster-playbook', version, text);
      open.set(uri, document);
      changed.fire({ document });
      return document;
    },
    close(): void {
      const document = open.get(uri);
      assert.ok(document);
      open.delete(uri);
      closed.fire({ document });
    },
  };
}

describe('a document that is opened', () => {
  const news = (reader: ReturnType<ReturnType<typeof createReadAhead>['reader']>, text: string): number =>
    [...reader.ahead(text, shapesOf(PlaybookFile))].length;

  it('is read in portions, all of it, and whatever a person waits for comes in between', async () => {
    const { ahead, scheduler, order, write } = opening();
    const text = playbook(3000);
    const document = write(1, text);
    assert.equal(ahead.of(document), 'reading');
    const asked = scheduler.run('interactive', () => order.push('answer'));
    await ahead.read(uri);
    await asked;
    assert.deepEqual(order, ['answer', 'read']);
    assert.equal(ahead.of(document), undefined);
    assert.equal(news(ahead.reader(uri), text), 0);
    // Each entry is there as often as it is written.
    assert.equal(news(ahead.reader(uri), text + step(7)), 1);
  });

  it('is read as it is by then, also what was typed meanwhile', async () => {
    const { ahead, write } = opening();
    write(1, playbook(3000));
    const text = playbook(3000).replace('echo', 'uname');
    write(2, text);
    await ahead.read(uri);
    assert.equal(news(ahead.reader(uri), text), 0);
  });

  it('is not read any more when it is closed', async () => {
    const { ahead, order, write, close } = opening();
    write(1, playbook(3000));
    close();
    await ahead.read(uri);
    assert.deepEqual(order, ['read']);
  });

  it('is read at once where it is short, or little of it is new', async () => {
    const { ahead, write } = opening();
    assert.equal(ahead.of(write(1, playbook(10))), undefined);
    write(2, playbook(3000));
    await ahead.read(uri);
    assert.equal(ahead.of(write(3, playbook(3001))), undefined);
  });
});
