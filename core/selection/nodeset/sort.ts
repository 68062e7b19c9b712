import { formatOf, namesOf, shapesOf } from './fold.ts';
import { foldRows } from './product.ts';

/**
 * Names as ClusterShell 1.9 sorts them: by what stands around their numbers, then by the numbers.
 * Within a shape as {@link foldRows} orders them.
 */
export function sortNames(names: Iterable<string>): string[] {
  const shapes = [...shapesOf(names).values()].map((shape) => ({ shape, key: formatOf(shape.texts) }));
  shapes.sort((a, b) => (a.key < b.key ? -1 : 1));
  return shapes.flatMap(({ shape: { texts, rows } }) =>
    foldRows(rows).flatMap((product) => namesOf(texts, product)),
  );
}
