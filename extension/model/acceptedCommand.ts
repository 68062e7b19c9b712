/** A row below the box: the text that is typed, or an earlier command. */
export type CommandRow = {
  readonly command: string;
  readonly written: 'now' | 'earlier';
  /** What the box said when the row was made. */
  readonly madeFor: string;
};

/**
 * The command that Enter means. Rows follow the box with a delay, so the row that is active when somebody types fast
 * may belong to an older text: only a row made for what the box says now counts, else the box itself.
 */
export function acceptedCommand(box: string, active: CommandRow | undefined): string {
  return active?.written === 'earlier' && active.madeFor === box ? active.command : box.trim();
}
