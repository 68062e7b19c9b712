/**
 * One form for every way to write a URI, so that two of the same file are equal: what VS Code writes (RFC 3986, and
 * `!'()*` escaped too), without `.` and `..`.
 */
export function canonicalUri(uri: string): string {
  const { root, path } = partsOf(uri);
  return root + normal(path.split('/').map(decoded)).map(encoded).join('/');
}

/** A path as people write it in a file, as a URI: from the folder of that file. Undefined for one below the home folder. */
export function resolveUri(base: string, path: string): string | undefined {
  if (path.startsWith('~') || path.includes('{{') || path.includes('\0') || path === '') return undefined;
  const { root, path: file } = partsOf(base);
  const above = path.startsWith('/') ? [''] : file.split('/').slice(0, -1).map(decoded);
  return (
    root +
    normal([...above, ...path.split('/')])
      .map(encoded)
      .join('/')
  );
}

/** The folder that a file is in, without a slash at its end. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

/** Last part of a path, readable. */
export function nameOf(uri: string): string {
  return decoded(uri.slice(uri.lastIndexOf('/') + 1));
}

/** The path of a file on this machine, with slashes: `/srv/hosts.ini`, `C:/hosts.ini`. */
export function pathOf(uri: string): string {
  const path = partsOf(uri).path.split('/').map(decoded).join('/');
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

/** The path of a file as people write it in a file of the other URI: `../tasks/restart.task.yaml`. */
export function relativePath(from: string, to: string): string {
  const source = partsOf(from).path.split('/').slice(0, -1).map(decoded);
  const target = partsOf(to).path.split('/').map(decoded);
  let shared = 0;
  while (shared < source.length && shared < target.length - 1 && source[shared] === target[shared])
    shared += 1;
  const up = source.slice(shared).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...target.slice(shared)].join('/');
}

/** Whether a file or folder is this folder or inside of it. Both canonical. */
export function isInside(uri: string, folder: string): boolean {
  const above = folder.replace(/\/$/, '');
  return uri === above || uri.startsWith(`${above}/`);
}

function partsOf(uri: string): { readonly root: string; readonly path: string } {
  const root = /^[a-z][\w+.-]*:(?:\/\/[^/]*)?/i.exec(uri)?.[0] ?? '';
  return { root, path: uri.slice(root.length) };
}

function normal(segments: readonly string[]): readonly string[] {
  const parts: string[] = [];
  for (const [at, segment] of segments.entries()) {
    if (segment === '..') {
      if (parts.length > 1) parts.pop();
    } else if (segment !== '.' && (segment !== '' || at === 0)) parts.push(segment);
  }
  return parts.length === 1 && parts[0] === '' ? ['', ''] : parts;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function encoded(segment: string): string {
  return encodeURIComponent(segment).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
