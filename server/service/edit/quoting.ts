/** Text as a YAML scalar in single quotes, in which only they themselves are doubled. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Text as YAML reads it back: plain where nothing in it means anything, else in single quotes. */
export function scalarOf(text: string): string {
  const isPlain =
    /^[A-Za-z_./][\w./ @%+=,~-]*$/.test(text) && !/\s$|^(?:true|false|null|yes|no|on|off|~)$/i.test(text);
  return isPlain ? text : singleQuoted(text);
}
