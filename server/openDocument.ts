import { languageOfModeline } from '../core/schema/languages.ts';
import { type TextDocumentsConfiguration } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FolderKinds } from './index/folderKinds.ts';
import { readerFor } from './service/document.ts';
import { canonicalUri } from './service/uris.ts';

/**
 * Documents as the client opens them. One that it takes for YAML, as editors do that know no language of ours, is what its
 * name says, or what the settings and the configuration of its folder say, or its first line.
 */
export function openDocument(kinds: FolderKinds): TextDocumentsConfiguration<TextDocument> {
  return {
    create(uri, languageId, ...rest) {
      const [, text] = rest;
      const path = canonicalUri(uri);
      const own = readerFor(languageId) ? languageId : kinds.of(path).languageOf(path);
      const said = languageId === 'yaml' ? languageOfModeline(text) : undefined;
      return TextDocument.create(uri, own ?? said ?? languageId, ...rest);
    },
    update: (document, changes, version) => TextDocument.update(document, changes, version),
  };
}
