/** The paths of a command line: the last one is where to. Undefined where something is missing. */
export function fromTo(
  paths: readonly string[],
): { readonly from: readonly string[]; readonly to: string } | undefined {
  const from = paths.slice(0, -1);
  const to = paths.at(-1);
  return to === undefined || from.length === 0 ? undefined : { from, to };
}
