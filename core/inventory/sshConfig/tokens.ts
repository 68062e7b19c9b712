/** What tokens of paths stand for (ssh_config(5), TOKENS). */
export type Tokens = {
  readonly host: string;
  readonly name: string;
  readonly port: string;
  readonly user: string;
  readonly localUser: string;
  readonly home: string;
};

/** A path with its tokens, or the token that can not be filled in here. */
export function fillPath(
  path: string,
  tokens: Tokens,
): { readonly path: string } | { readonly missing: string } {
  let missing: string | undefined;
  const filled = path.replace(/%(.)|\$\{[^}]*\}/g, (found, token: string | undefined) => {
    const value = token === undefined ? undefined : valueOf(token, tokens);
    if (value === undefined) missing ??= found;
    return value ?? found;
  });
  if (missing !== undefined) return { missing };
  return { path: filled === '~' || filled.startsWith('~/') ? tokens.home + filled.slice(1) : filled };
}

function valueOf(token: string, tokens: Tokens): string | undefined {
  switch (token) {
    case '%':
      return '%';
    case 'h':
      return tokens.host;
    case 'n':
    case 'k':
      return tokens.name;
    case 'p':
      return tokens.port;
    case 'r':
      return tokens.user;
    case 'u':
      return tokens.localUser;
    case 'd':
      return tokens.home;
    default:
      return undefined;
  }
}
