/**
 * Text that came from a node, a file or the engine, for places where VS Code gives some characters a meaning.
 * Control and direction-changing characters are dropped, links in notifications stay text.
 */
export function plainText(text: string): string {
  const visible = text.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, (char) => (char === '\n' ? char : ''));
  return visible.replaceAll('](', ']\u200b(');
}

/** For labels in which `$(name)` would become an icon, such as a command in a pick list. */
export function withoutIcons(text: string): string {
  return plainText(text).replaceAll(/\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g, (icon) => `\\${icon}`);
}
