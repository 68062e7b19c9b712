/** How records are read out of output; `auto` takes JSON or CSV, whichever it is. */
export const tableFormats = ['auto', 'json', 'csv', 'columns', 'pattern'] as const;
export type TableFormat = (typeof tableFormats)[number];
