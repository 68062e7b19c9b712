import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the server needs of its native logger, as plain JavaScript: without it there are no log files. */
const logger = `const fs = require('fs');
const path = require('path');
const words = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
class Logger {
  constructor(name, file) { this.file = file; this.level = 2; this.raw = false; fs.mkdirSync(path.dirname(file), { recursive: true }); }
  write(level, text) {
    if (level < this.level) return;
    const line = this.raw ? String(text) : new Date().toISOString() + ' [' + words[level] + '] ' + text + '\\n';
    try { fs.appendFileSync(this.file, line); } catch { /* a log must not stop what it logs */ }
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.raw = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
['trace', 'debug', 'info', 'warn', 'error', 'critical'].forEach((name, level) => {
  Logger.prototype[name] = function (text) { this.write(level, text); };
});
const create = async (name, file) => new Logger(name, file);
// One statement a name: that is what makes them importable from a module.
exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
exports.createLogger = create;
`;

/** The extension host also watches its parent by polling, so this one may do nothing. */
const watchdog = 'exports.start = () => {};\n';

/** Puts JavaScript in the place of two native modules that would need a compiler. */
export async function replaceNativeModules(nodeModules: string): Promise<void> {
  await replace(join(nodeModules, '@vscode/spdlog'), 'build/Release/spdlog.node', logger);
  await replace(join(nodeModules, '@vscode/native-watchdog'), 'build/Release/watchdog.node', watchdog);
}

async function replace(folder: string, binary: string, script: string): Promise<void> {
  if (existsSync(folder) && !existsSync(join(folder, binary))) {
    await writeFile(join(folder, 'index.js'), script);
  }
}
