/**
 * A line of ssh2's debug output without what a person or a command said: contents of requests are cut off, packets are
 * not in it.
 */
export function withoutContents(line: string): string {
  return line
    .replace(/(\(r:\d+, (?:exec|env|subsystem)):.*/s, '$1)')
    .replace(/^(Debug output from server):.*/s, '$1')
    .replace(/^(Received (?:banner|USERAUTH_BANNER)).*/s, '$1');
}
