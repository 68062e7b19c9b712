import type { TableRow } from '../core/protocol/table.ts';
import type { TableFormat } from '../core/run/table/formats.ts';
import type { FromPanel } from '../core/protocol/fromPanel.ts';
import type { ToPanel } from '../core/protocol/webview.ts';
import { type BatchState, isLive } from '../core/run/state.ts';

/** How records are read out of the output. */
export type TableReading = { readonly format: TableFormat; readonly pattern: string };

/** The records of all nodes, as far as they have been read. */
export type Records = {
  readonly reading: TableReading;
  /** Names, in the order in which they came. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** What the output turned out to be. */
  readonly found: ReadonlySet<TableFormat>;
  /** Executions that were read. */
  readonly read: number;
  readonly without: number;
  readonly cut: number;
  /** Why nothing can be read; empty where it can. */
  readonly problem: string;
};

type Ask = Omit<Extract<FromPanel, { type: 'table' }>, 'type'>;

/** Executions of one question, and columns and rows that are kept. */
const atOnce = 200;
const most = { columns: 200, rows: 20_000 };
/** An answer that did not come in this time is asked for again. */
const patienceMs = 5_000;

/** Reads the records of each execution once, after its end, while somebody looks at the table. */
export class TableFeed {
  readonly #ask: (ask: Ask) => void;
  #id = 0;
  #records: Records = emptyRecords({ format: 'auto', pattern: '' });
  #known = new Set<string>();
  #asked: { readonly at: number; readonly executions: readonly string[] } | undefined;

  constructor(ask: (ask: Ask) => void) {
    this.#ask = ask;
  }

  get records(): Records {
    return this.#records;
  }

  /** Reads everything anew. */
  read(reading: TableReading): void {
    this.#id++;
    this.#records = emptyRecords(reading);
    this.#known = new Set();
    this.#asked = undefined;
  }

  request({ executions }: BatchState): void {
    const { reading, problem, rows } = this.#records;
    const isWaiting = this.#asked && performance.now() - this.#asked.at < patienceMs;
    const isReady = reading.format !== 'pattern' || reading.pattern !== '';
    if (isWaiting || !isReady || problem !== '' || rows.length >= most.rows) return;
    const wanted = executions
      .filter(({ id, status }) => !isLive(status) && !this.#known.has(id))
      .slice(0, atOnce)
      .map(({ id }) => id);
    if (wanted.length === 0) return;
    this.#asked = { at: performance.now(), executions: wanted };
    this.#ask({ id: this.#id, executions: wanted, ...reading });
  }

  take({ id, table, problem }: Extract<ToPanel, { type: 'table' }>): void {
    const asked = this.#asked;
    if (id !== this.#id || !asked) return;
    this.#asked = undefined;
    if (!table) return void (this.#records = { ...this.#records, problem });
    const unread = new Set(table.unread);
    for (const execution of asked.executions) if (!unread.has(execution)) this.#known.add(execution);
    const { columns, rows, found, without, cut } = this.#records;
    const names = new Set([...columns, ...table.rows.flatMap(({ values }) => Object.keys(values))]);
    this.#records = {
      ...this.#records,
      columns: names.size === columns.length ? columns : [...names].slice(0, most.columns),
      rows: table.rows.length === 0 ? rows : [...rows, ...table.rows].slice(0, most.rows),
      found: new Set([...found, ...table.found]),
      read: this.#known.size,
      without: without + table.without.length,
      cut: cut + table.cut.length,
    };
  }
}

function emptyRecords(reading: TableReading): Records {
  return { reading, columns: [], rows: [], found: new Set(), read: 0, without: 0, cut: 0, problem: '' };
}
