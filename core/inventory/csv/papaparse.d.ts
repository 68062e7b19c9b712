/**
 * The part of papaparse that is used. Its published types are for Node.js and the DOM, and would give all of core the
 * globals of both. A default export, because the package is CommonJS.
 */
declare module 'papaparse' {
  type Step = {
    readonly data: readonly string[];
    /** `index` counts UTF-16 units from the beginning of the text. */
    readonly errors: readonly { readonly code: string; readonly index?: number }[];
    /** `cursor` is where the next row begins. */
    readonly meta: { readonly cursor: number };
  };
  type Options = {
    readonly delimiter: string;
    readonly newline: '\n';
    readonly fastMode: false;
    step(row: Step, parser: { abort(): void }): void;
  };
  const Papa: {
    parse(text: string, options: Options): unknown;
    unparse(rows: readonly (readonly string[])[], options: { readonly newline: string }): string;
  };
  export default Papa;
}
