import type { Value } from '../schema/value.ts';
import type { Problem, TextRange } from '../util/problem.ts';
import type { ConnectionSettings } from './settings.ts';
import type { DeclaredSource } from './source.ts';

/** Where something was written: a file other than the source's own where `file` says so. */
export type Place = { readonly file?: string; readonly range?: TextRange };

/** A value and where it was written. */
export type Entry<T> = Place & {
  readonly value: T;
  /** Why it can not be used as it stands, such as a template that only Ansible fills in. Nodes it reaches do not run. */
  readonly unresolved?: string;
  /** The var that it was read from: it counts only while this is the var's value that wins. */
  readonly variable?: string;
  /** The value as Ansible's JSON has it, where that is not the value itself: `!unsafe` and `!vault`. */
  readonly ansible?: Value;
};

/** Connection settings that are written down at one place, each with its origin. */
export type SettingEntries = {
  readonly [Name in keyof ConnectionSettings]?: Entry<ConnectionSettings[Name]>;
};

/** Values by name. A map: `__proto__` is a name like any other. */
export type ValueEntries = ReadonlyMap<string, Entry<Value>>;

/** What a source says about a node, a group, or all of its nodes. Only what stands there: nothing inherited. */
export type Described = {
  readonly settings: SettingEntries;
  readonly vars: ValueEntries;
  readonly facts: ValueEntries;
  readonly tags: readonly Entry<string>[];
};

export type PartNode = Described & {
  readonly name: string;
  readonly place: Place;
  /** Why this source's node can not be run on, in a sentence. */
  readonly blocked?: string;
};

export type PartGroup = Described & {
  readonly name: string;
  /** Direct members, in order. */
  readonly nodes: readonly string[];
  readonly groups: readonly string[];
  /** Members that are not in this part and must be in another; without one the source is refused. */
  readonly outside?: readonly OutsideMember[];
  readonly place: Place;
  /** Stands at the top although other groups have it too: an inventory that lists it under `all`. */
  readonly isTop?: boolean;
  /** Among groups of equal depth the higher one wins; 1 where nothing is said (Ansible: ansible_group_priority). */
  readonly priority?: number;
  /** Then the later one in this text's code unit order wins, and without it the later one in the file. */
  readonly rank?: string;
};

export type OutsideMember = { readonly kind: 'node' | 'group'; readonly name: string; readonly place: Place };

/**
 * What one source says: what every parser gives. Parsers never throw on what people write. With a problem of severity
 * error the source is refused as a whole: its nodes are shown, and nothing runs on them.
 */
export type InventoryPart = {
  readonly nodes: readonly PartNode[];
  readonly groups: readonly PartGroup[];
  /** For every node of this part, below everything that its groups say. */
  readonly defaults: Described;
  /** What this source says about nodes of others by their name, below everything else: patterns of an ssh_config. */
  readonly settingsFor?: (name: string) => SettingEntries;
  /** Other sources that this one names. */
  readonly sources: readonly DeclaredSource[];
  readonly problems: readonly Problem[];
};

/** Nothing said. */
export const undescribed: Described = { settings: {}, vars: new Map(), facts: new Map(), tags: [] };

/** More nodes than one source may have; ranges are counted before they are expanded. */
export const mostNodes = 100_000;

export const emptyPart: InventoryPart = {
  nodes: [],
  groups: [],
  defaults: undescribed,
  sources: [],
  problems: [],
};

/** What a parser may look at. All I/O of a parser goes through here, so that parsers stay pure. Paths are absolute. */
export type Files = {
  /** Text of a regular file as UTF-8 without a byte order mark, or in a sentence, without its path, why there is none. */
  read(
    path: string,
  ): { readonly text: string } | { readonly missing: true } | { readonly unreadable: string };
  /** Names in a folder in code unit order; undefined where there is no such folder. */
  list(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] | undefined;
};

/** What every parser gets. */
export type ParseInput = {
  /** Absolute path of the file or folder that the source names. */
  readonly path: string;
  readonly files: Files;
  /** The person's home folder, for `~`. */
  readonly home: string;
  /** Whether other sources are read with it, in which members of its groups may be. */
  readonly isLinked?: boolean;
  /** Login name of the person. */
  readonly user: string;
};
