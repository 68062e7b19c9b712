import * as z from 'zod';
import type { Result } from '../util/errors.ts';
import type { Table, TableQuery } from './table.ts';

/** Where a search goes on: the place of an execution in the plan, a byte of its output, and the lines before it. */
const SearchPlace = z.object({
  place: z.int().min(0),
  offset: z.number().min(0),
  lines: z.int().min(0),
});
export type SearchPlace = z.infer<typeof SearchPlace>;

/** A text, or a pattern, in everything that the nodes of a batch have said so far. */
export const SearchQuery = z.object({
  batch: z.string().max(64),
  text: z.string().min(1).max(200),
  /** Upper and lower case are told apart. */
  matchCase: z.boolean().optional(),
  /** `text` is a regular expression. */
  isPattern: z.boolean().optional(),
  /** What an earlier page gave as `next`; without it, from the beginning. */
  after: SearchPlace.optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** A line that has it. */
export type SearchHit = {
  readonly execution: string;
  readonly stream: 'stdout' | 'stderr';
  /** Number of the line in the output of both streams, from 1. */
  readonly line: number;
  /** Where the line begins, in bytes of both streams together as they came. */
  readonly at: number;
  /** The line without colours, or the part of it around the match. Text of a node: to be made visible. */
  readonly text: string;
  /** Where in `text` the match is, in UTF-16 units. */
  readonly from: number;
  readonly length: number;
};

export type SearchPage = {
  readonly batch: string;
  readonly hits: readonly SearchHit[];
  /** Executions with more such lines than are given. */
  readonly cut: readonly string[];
  /** Executions that have been searched, from the beginning of the plan. */
  readonly searched: number;
  /** Where the next page begins; undefined at the end. */
  readonly next?: SearchPlace;
};

/** What the nodes said, looked through. */
export interface OutputClient {
  /** Searches for half a second at most; `next` says where to go on. */
  search(query: SearchQuery): Promise<Result<SearchPage>>;
  /** Reads records out of what some nodes said. */
  table(query: TableQuery): Promise<Result<Table>>;
}
