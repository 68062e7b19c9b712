import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that nobody types by chance, which tests give as a secret. */
export const canary = 'c4nary-p4ssw0rd/8h1x';

/** What it looks like when it was only written another way. */
const forms = [
  canary,
  encodeURIComponent(canary),
  Buffer.from(canary).toString('base64').slice(0, -4),
  Buffer.from(`x${canary}`).toString('base64').slice(2, -4),
  Buffer.from(canary).toString('hex'),
  Buffer.from(canary, 'utf8').toString('utf16le'),
];

/** All files below a folder as one text, byte by byte, free pages of databases included. */
export function filesBelow(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  assert.ok(files.length >= 2, 'there is an inventory and a log');
  return files
    .map(({ parentPath, name }) => `${name}\n${readFileSync(join(parentPath, name), 'latin1')}`)
    .join('\n');
}

export function checkNowhere(places: Readonly<Record<string, string>>): void {
  for (const [place, text] of Object.entries(places)) {
    assert.notEqual(text, '', place);
    for (const form of forms) {
      const at = text.indexOf(form);
      assert.ok(at < 0, `${form} is in ${place}: ${text.slice(Math.max(0, at - 200), at + 100)}`);
    }
  }
}

/** Arguments and environments of all processes but this one, looked at every 10 ms until disposed. */
export function watchProcesses(): Disposable & { seen(): string } {
  const found = new Set<string>();
  const look = (): void => {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
      for (const file of ['cmdline', 'environ']) {
        try {
          found.add(readFileSync(join('/proc', pid, file), 'latin1'));
        } catch {
          // It has ended, or is not ours to look at.
        }
      }
    }
  };
  look();
  const timer = setInterval(look, 10);
  return { seen: () => [...found].join('\n'), [Symbol.dispose]: () => clearInterval(timer) };
}
