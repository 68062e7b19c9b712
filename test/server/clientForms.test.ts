import assert from 'node:assert/strict';
import { SymbolKind } from 'vscode-languageserver-types';
import { actionForms, editForm, hoverForm, itemForm, outlineForm } from '../../server/clientForms.ts';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const file = { textDocument: { uri: 'file:///a', version: 1 }, edits: [{ range, newText: 'x' }] };
const made = { kind: 'create' as const, uri: 'file:///b' };
const withVersions = { workspace: { workspaceEdit: { documentChanges: true } } };
const withFiles = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create' as const] } },
};

describe('what a client gets', () => {
  it('is an edit without versions where it knows none', () => {
    assert.deepEqual(editForm({ documentChanges: [file] }, {}), { changes: { 'file:///a': file.edits } });
    assert.deepEqual(editForm({ documentChanges: [file] }, withVersions), { documentChanges: [file] });
  });

  it('is an edit without annotations where it knows none', () => {
    const edit = {
      documentChanges: [{ ...file, edits: [{ range, newText: 'x', annotationId: 'sure?' }] }],
      changeAnnotations: { 'sure?': { label: 'Sure?' } },
    };
    assert.deepEqual(editForm(edit, withVersions), { documentChanges: [file] });
  });

  it('makes no file where it can make none', () => {
    const edit = { documentChanges: [made, file] };
    const action = { title: 'Make it', edit };
    assert.deepEqual(actionForms([action], withVersions), []);
    assert.deepEqual(actionForms([action], withFiles), [action]);
  });

  it('is an outline as a tree, or as a list of all that is in it', () => {
    const inner = { name: 'b', kind: SymbolKind.Function, range, selectionRange: range };
    const outline = [{ ...inner, name: 'a', children: [inner] }];
    const tree = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };
    assert.deepEqual(outlineForm(outline, 'file:///a', tree), outline);
    const location = { uri: 'file:///a', range };
    assert.deepEqual(outlineForm(outline, 'file:///a', {}), [
      { name: 'a', kind: SymbolKind.Function, location },
      { name: 'b', kind: SymbolKind.Function, location, containerName: 'a' },
    ]);
  });

  it('is plain text where it shows no Markdown', () => {
    const value =
      '**Group `a**b`**: 2 nodes\n\n- [fleet\\.yaml:3](file:///w/fleet.yaml#L3) is `` x`y `` \\*new\\*\n\n```\n[a]\n```';
    const contents = { kind: 'markdown' as const, value };
    const plain = { kind: 'plaintext', value: 'Group a**b: 2 nodes\n\n- fleet.yaml:3 is x`y *new*\n\n[a]' };
    const only = ['plaintext' as const];
    assert.deepEqual(hoverForm({ contents }, { textDocument: { hover: { contentFormat: only } } }), {
      contents: plain,
    });
    const items = { textDocument: { completion: { completionItem: { documentationFormat: only } } } };
    assert.deepEqual(itemForm({ label: 'a', documentation: contents }, items).documentation, plain);
    assert.deepEqual(hoverForm({ contents }, {}), { contents });
  });
});
