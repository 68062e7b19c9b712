/** What is at a path, as far as carrying files cares. */
export type FileFacts = {
  readonly type: 'file' | 'folder' | 'link' | 'other';
  readonly bytes: number;
  /** Permission bits. */
  readonly mode: number;
  /** Numbers of its owner; undefined where nobody says. */
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
};

/** A name in a folder. The name is what somebody else says it is, and undefined where it is no text. */
export type FolderEntry = { readonly name: string | undefined; readonly facts: FileFacts };

export type FileWriter = {
  /** Settles when there is room for more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Settles when all is written; on the disk too, where the node can promise that. */
  close(): Promise<void>;
  /** Lets go of a file that will not be whole. */
  abandon(): Promise<void>;
};

/** The files of a node, in the few words that carrying needs. What fails rejects with a `FilesError`. */
export interface RemoteFiles {
  /** Undefined where nothing is there. A link is told as what it is. */
  lstat(path: string): Promise<FileFacts | undefined>;
  /** What a link leads to. */
  stat(path: string): Promise<FileFacts | undefined>;
  makeFolder(path: string): Promise<void>;
  /** The names in a folder but `.` and `..`, in pieces. */
  list(path: string): AsyncIterable<readonly FolderEntry[]>;
  /** Makes a file that nobody but its owner can read; rejects where anything is there. */
  create(path: string): Promise<FileWriter>;
  read(path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  setMode(path: string, mode: number): Promise<void>;
  setOwner(path: string, owner: { uid: number; gid: number }): Promise<void>;
  /** Puts one file in the place of another, at once. */
  replace(from: string, to: string): Promise<void>;
  /** Gives a file a second name; rejects where anything has it. */
  link(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Bytes that are free where `path` is; undefined where nobody says. */
  freeBytes(path: string): Promise<number | undefined>;
  /** Ends it, whatever is under way. Never rejects. */
  close(): void | Promise<void>;
}

export type FilesErrorCode = 'missing' | 'denied' | 'exists' | 'full' | 'unsupported' | 'failed' | 'lost';

/** Something that could not be done with files; the message is for people. */
export class FilesError extends Error {
  readonly code: FilesErrorCode;

  constructor(code: FilesErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
