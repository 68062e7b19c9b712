import * as z from 'zod';

/** A number of nodes, or a share of them such as `10%`. */
export const Share = z.union([
  z.int().min(1),
  z.string().regex(/^(?:100|[1-9]?\d)(?:\.\d+)?%$/, 'Write a number of nodes or a share such as 10%.'),
]);
export type Share = z.infer<typeof Share>;

/** `3`, `10%`; undefined when it is neither. */
export function parseShare(text: string): Share | undefined {
  return Share.safeParse(numberOrText(text)).data;
}

/** A whole number where the text is one. */
export function numberOrText(text: string): number | string {
  const trimmed = text.trim();
  return /^\d{1,9}$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** How many of `count` a share is: rounded up, and at least one, so that a wave is never empty. */
export function shareOf(share: Share, count: number): number {
  if (typeof share === 'number') return Math.min(share, count);
  return Math.min(count, Math.max(1, Math.ceil((Number.parseFloat(share) / 100) * count - 1e-9)));
}

/**
 * Sizes of the waves in which `count` nodes are run: one wave after the other as listed, the last size again and again
 * until all nodes have had their turn. `[1, 10%, 50%]` of 20 is 1, 2, 10, 7.
 */
export function waveSizes(count: number, ramp: readonly Share[]): readonly number[] {
  const sizes: number[] = [];
  let left = count;
  for (let at = 0; left > 0; at++) {
    const share = ramp[Math.min(at, ramp.length - 1)];
    const size = share === undefined ? left : Math.min(left, shareOf(share, count));
    sizes.push(size);
    left -= size;
  }
  return sizes;
}
