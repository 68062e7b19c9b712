import type * as vscode from 'vscode';

type Offers = vscode.CompletionItem[] | vscode.CompletionList | null | undefined;

/** Behind a key, a bracket or a folder that was taken from the list, the list of what comes next opens by itself. */
export function offeringMore<T extends Offers>(offers: T): T {
  const items = Array.isArray(offers) ? offers : (offers?.items ?? []);
  for (const item of items) {
    const { insertText = '' } = item;
    const text = typeof insertText === 'string' ? insertText : insertText.value;
    // By itself: an editor says nothing then where there is nothing to offer.
    if (goesOn.test(text))
      item.command = { title: '', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] };
  }
  return offers;
}

/** The first place that a snippet leaves to a person is empty, or a folder has been named. */
const goesOn = /^[^$]*(?:: |- |\[|\{ |\n *)\$[01](?:\D|$)|^[^$]*\/$/;
