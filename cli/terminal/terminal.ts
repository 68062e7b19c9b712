import type { WriteStream } from 'node:tty';

/** What a stream can show. */
export type Terminal = {
  /** Whether lines can be redrawn in place. */
  readonly live: boolean;
  readonly colour: boolean;
  readonly utf8: boolean;
  /** Cells that a line may take, at least 60; infinite where lines have no end, as in a file. */
  readonly columns: number;
  /** Cells after which the terminal itself wraps. */
  readonly wrap: number;
};

const narrowest = 60;
const usual = 80;

/** What `stream` can show now. A terminal's width changes, so this is asked anew for every frame. */
export function terminalOf(
  stream: { isTTY?: boolean; columns?: number } | WriteStream,
  env: NodeJS.ProcessEnv,
): Terminal {
  const tty = stream.isTTY === true;
  const wrap = tty ? stream.columns || usual : Infinity;
  const able = tty && env['TERM'] !== 'dumb';
  return {
    live: able,
    // https://no-color.org: present and not empty, whatever its value
    colour: able && !env['NO_COLOR'],
    utf8: speaksUtf8(env),
    columns: Math.max(narrowest, wrap),
    wrap,
  };
}

/** The character set by locale(7): the first of these that is set decides. */
function speaksUtf8(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  if (locale) return /utf-?8/i.test(locale);
  return process.platform === 'win32' || process.platform === 'darwin';
}
