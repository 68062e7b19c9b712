import type { Files, InventoryPart, ParseInput, SettingEntries } from '../../../../core/inventory/part.ts';

/** Files in memory, by absolute path; folders are what their paths say. */
export function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read(path) {
      const text = texts[path];
      return text === undefined ? { missing: true } : { text };
    },
    list(folder) {
      const below = paths.filter((path) => path.startsWith(`${folder}/`));
      if (below.length === 0) return undefined;
      const rests = below.map((path) => path.slice(folder.length + 1));
      const names = new Map(rests.map((rest) => [rest.split('/')[0] ?? '', rest.includes('/')]));
      return [...names]
        .map(([name, isFolder]) => ({ name, isFolder }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

/** What a parser gets for one file of this text. */
export function inputOf(text: string, path = '/home/ann/inventory'): ParseInput {
  return { path, files: filesOf({ [path]: text }), home: '/home/ann', user: 'ann' };
}

/** Problems as `line:column code message fix`. */
export function problemsOf(part: InventoryPart): string[] {
  return part.problems.map(({ range, code, message, fix }) => {
    const place = range ? `${range.line}:${range.column} ` : '';
    return `${place}${code} ${message}${fix === undefined ? '' : ` ${fix}`}`;
  });
}

/** Settings without their places. */
export function plainSettings(settings: SettingEntries): Record<string, unknown> {
  const entries = Object.entries<{ value: unknown; unresolved?: string } | undefined>(settings);
  return Object.fromEntries(entries.map(([key, entry]) => [key, entry?.unresolved ?? entry?.value]));
}
