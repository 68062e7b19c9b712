/** What each node says, and for how long, in milliseconds. */
export const linesPerSecond = 50;
export const talkMs = 20_000;
