/** What a person typed into the fields of parameters and into the JSON beside them: it is shown while it still stands for the value. */
export type Drafts = { readonly fields: Readonly<Record<string, string>>; readonly json: string };

export const noDrafts: Drafts = { fields: {}, json: '' };
