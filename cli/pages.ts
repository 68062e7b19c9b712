/** What stands below a page; empty where it is the only one. `found` is how many there are on all pages. */
export function pageFoot(
  what: string,
  { found, page, pageSize }: { readonly found: number; readonly page: number; readonly pageSize: number },
): string {
  const pages = Math.max(1, Math.ceil(found / pageSize));
  if (page > pages)
    return `There is no page ${page}: ${what} on ${pages === 1 ? 'one page' : `${pages} pages`}.`;
  return pages > 1 ? `${what}, page ${page} of ${pages}` : '';
}
