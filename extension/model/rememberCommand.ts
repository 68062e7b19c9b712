const commandsAtMost = 50;

/** Latest first, each once, at most 50. */
export function rememberCommand(commands: readonly string[], command: string): readonly string[] {
  return [command, ...commands.filter((each) => each !== command)].slice(0, commandsAtMost);
}
