/** How the tree is ordered. */
export const treeModes = ['group', 'tag', 'source', 'flat'] as const;
export type TreeMode = (typeof treeModes)[number];
