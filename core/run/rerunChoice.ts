/** Which nodes of an ended batch a run is for: by how they ended, or chosen by name. This file stays free of Zod. */
export const rerunChoices = ['all', 'failed', 'not-started', 'ok', 'nodes'] as const;
export type RerunChoice = (typeof rerunChoices)[number];

export function isRerunChoice(value: unknown): value is RerunChoice {
  return rerunChoices.some((choice) => choice === value);
}
