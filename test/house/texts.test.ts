import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { committedFiles, readText, root } from './repository.ts';

/** Places of one machine that mean nothing on another. */
const machinePaths = [root, ...(homedir().split('/').length > 2 ? [`${homedir()}/`] : [])];

describe('what is committed', () => {
  const files = committedFiles() ?? [];
  before(function () {
    if (files.length === 0) this.skip(); // Not a git work tree: a source archive has nothing to list.
  });

  it('names no absolute path of the machine it was written on', () => {
    const found = files.flatMap((file) =>
      machinePaths.filter((path) => readText(file).includes(path)).map((path) => `${file}: ${path}`),
    );
    assert.deepEqual(found, []);
  });

  it('names no package registry but the public one', () => {
    const lock = readText('package-lock.json');
    const hosts = new Set([...lock.matchAll(/"resolved": "(https?:\/\/[^/"]+)/g)].map(([, host]) => host));
    assert.deepEqual(
      [...hosts].filter((host) => host !== 'https://registry.npmjs.org'),
      [],
    );
  });

  it('imports zod as a namespace: the named import bundles five times as much', () => {
    const found = files.filter(
      (file) =>
        /\.(?:ts|mjs)$/.test(file) && /^import\s+(?:type\s+)?[{z][^*]*from 'zod'/m.test(readText(file)),
    );
    assert.deepEqual(found, []);
  });

  it('has no marks of a merge that nobody finished', () => {
    const marks = /^(?:<{7}|>{7}|(?:> ){7})/m;
    assert.deepEqual(
      files.filter((file) => marks.test(readText(file))),
      [],
    );
  });

  it('leaves nothing for later', () => {
    const marks = /\b(?:TOD[O]|FIXM[E]|XX[X])\b/;
    const found = files.filter((file) => /\.(?:ts|mjs|css)$/.test(file) && marks.test(readText(file)));
    assert.deepEqual(found, []);
  });
});
