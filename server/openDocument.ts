import { type TextDocumentsConfiguration } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readerFor } from './service/document.ts';
import { languageOf } from './service/languages.ts';

/**
 * Documents as the client opens them. One that it takes for YAML, as editors do that know no language of ours, is what its
 * name says.
 */
export const openDocument: TextDocumentsConfiguration<TextDocument> = {
  create(uri, languageId, ...rest) {
    const own = readerFor(languageId) ? languageId : languageOf(uri);
    return TextDocument.create(uri, own ?? languageId, ...rest);
  },
  update: (document, changes, version) => TextDocument.update(document, changes, version),
};
