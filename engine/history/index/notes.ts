/** What a person should know, each thing once, however often it comes up. */
export type Notes = { add(text: string): void; take(): readonly string[] };

export function createNotes(): Notes {
  const said = new Set<string>();
  let waiting: string[] = [];
  return {
    add(text) {
      if (said.has(text)) return;
      said.add(text);
      waiting.push(text);
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

const slower = 'Queries of the history read the event logs instead, which takes longer; nothing is lost.';

export const newerNote = `The index of the history was made by a later version of Muster and is left as it is. ${slower} Update this one.`;

export const missingNote = `This Node has no SQLite. ${slower} Use Node 22.13 or later.`;

export function unusableNote(message: string): string {
  return `The index of the history can not be used: ${message}. ${slower}`;
}

export function damagedNote(aside: string): string {
  return `The index of the history was damaged. It is now ${aside}, and a new one is made from the event logs; nothing is lost. You can delete that file.`;
}
