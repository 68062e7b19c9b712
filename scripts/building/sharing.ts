import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Plugin, type TransformOptions, transform } from 'esbuild';

/**
 * `import('./part.ts')` runs a part of a program only when it is needed. Where programs share files, esbuild would make
 * a file of each part and of whatever two parts have in common, more than a hundred; this keeps parts in the file of
 * their program, still run only when they are needed.
 */
export const partsInPlace: Plugin = {
  name: 'parts-in-place',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const text = await readFile(path, 'utf8');
      const contents = text.replace(/\bimport\(('\.[^']*')\)/g, 'Promise.resolve().then(() => require($1))');
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Writes into a folder what is built, as CommonJS: esbuild shares files between programs only as ES modules, which take
 * longer to start and which the npm packages within were not written for.
 */
export function writtenAsCommonJs(folder: string, options: TransformOptions): Plugin {
  return {
    name: 'written-as-commonjs',
    setup(build) {
      build.initialOptions.write = false;
      build.onEnd(async ({ outputFiles = [] }) => {
        for (const { path, text } of outputFiles) {
          const { code } = await transform(text, { ...options, format: 'cjs', platform: 'node' });
          await writeFile(join(folder, basename(path)), code);
        }
      });
    },
  };
}
