/**
 * A function of an object that never changes, asked once for each, for as long as somebody has the object. What is read
 * of a text that is being edited stays the same object where the text does (`core/yaml/readAgain.ts`). Whatever else the
 * function is given has to belong to the object, so that it is the same each time.
 */
export function remembered<K extends object, V, C extends readonly unknown[] = []>(
  make: (of: K, ...context: C) => V,
): (of: K, ...context: C) => V {
  const known = new WeakMap<K, { readonly made: V }>();
  return (of, ...context) => {
    const before = known.get(of);
    if (before) return before.made;
    const made = make(of, ...context);
    known.set(of, { made });
    return made;
  };
}
