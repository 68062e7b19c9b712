import { ConfigFile } from '../../core/schema/config.ts';
import { indexedKinds } from '../../core/schema/indexConfig.ts';
import { parseSize } from '../../core/schema/size.ts';
import { at, entriesOf } from '../../core/yaml/data.ts';
import { readWritten } from '../../core/yaml/parseDocument.ts';
import { languageOf } from '../service/languages.ts';
import { isInside } from '../service/uris.ts';
import { pathPattern } from './ignored.ts';

/** Bytes, where nobody says another number: a larger file is read when it is opened, not before. */
export const usualLargest = 2 * 1024 * 1024;

/** What files are, in one folder of the workspace. */
export type FileKinds = {
  /** Language of a file, by its canonical URI; undefined for one that is none of ours or that is left out. */
  languageOf(uri: string): string | undefined;
  /** Bytes. */
  readonly largest: number;
};

/** What somebody said in settings or a configuration; the later rules win. */
export type IndexRules = {
  readonly files: readonly { readonly fits: RegExp; readonly languageId: string | undefined }[];
  readonly largest?: number | undefined;
};

/** By the names of files alone. */
export const usualKinds: FileKinds = { languageOf, largest: usualLargest };

/** Rules as `index` of a configuration or `muster.index` of an editor has them; what is none is left out. */
export function indexRules(written: unknown): IndexRules {
  const size = at(written, ['maxFileSize']);
  const files = entriesOf(at(written, ['files'])).flatMap(([pattern, kind]) => {
    const known = indexedKinds.find((each) => each === kind);
    const fits = known && pathPattern(String(pattern));
    return fits ? [{ fits, languageId: known === 'none' ? undefined : `muster-${known}` }] : [];
  });
  return { files, largest: typeof size === 'string' ? parseSize(size) : undefined };
}

/** The same of the text of a `config.yaml`. */
export function rulesOfConfig(text: string): IndexRules {
  return indexRules(readWritten(text, ConfigFile)?.writtenAt(['index']));
}

/** What the files of a folder are: rules, the weakest first, before the names of files. */
export function kindsIn(folder: string, all: readonly IndexRules[]): FileKinds {
  const rules = all.flatMap(({ files }) => files).toReversed();
  return {
    languageOf(uri) {
      const path = isInside(uri, folder) ? decoded(uri.slice(folder.length + 1)) : undefined;
      const rule = path === undefined ? undefined : rules.find(({ fits }) => fits.test(path));
      return rule ? rule.languageId : languageOf(uri);
    },
    largest: all.findLast(({ largest }) => largest !== undefined)?.largest ?? usualLargest,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
