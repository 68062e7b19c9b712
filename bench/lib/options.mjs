import { parseArgs } from 'node:util';

export const usage = `Usage: node bench/cold.mjs [options]
  --nodes N          nodes of a farm the bench starts itself (500)
  --concurrency N    connections at once, for every client (50)
  --rounds N         timed rounds; the table shows medians (3)
  --farm WHICH       light, sshd or both (both)
  --only NAMES       clients to measure, comma-separated, such as muster,pssh (all)
  --json             the figures as JSON instead of tables
  --hosts FILE       measure on these addresses, one a line, and start no farm; needs
  --known-hosts FILE   their host keys
  --key FILE           a private key that may log in
  --port N             their port (22)
  --user NAME          the user to log in as (you)`;

const text = /** @type {const} */ ({ type: 'string' });

/**
 * @typedef {{ hosts: string, knownHosts: string, key: string, port: number, user: string | undefined }} Given
 * @typedef {{ nodes: number, concurrency: number, rounds: number, farms: ('light' | 'sshd')[],
 *   only: string[] | undefined, json: boolean, given: Given | undefined }} Options
 * @param {string[]} args
 * @returns {Options | { problem: string }}
 */
export function readOptions(args) {
  const { values } = parse(args);
  if (!values) return { problem: usage };
  const number = (/** @type {string | undefined} */ value, /** @type {number} */ otherwise) =>
    Number(value ?? otherwise);
  const [nodes, concurrency, rounds, port] = [
    number(values.nodes, 500),
    number(values.concurrency, 50),
    number(values.rounds, 3),
    number(values.port, 22),
  ];
  const counts = [nodes, concurrency, rounds, port];
  if (!counts.every((count) => Number.isInteger(count) && count > 0)) return { problem: usage };
  const farms = { light: ['light'], sshd: ['sshd'], both: ['light', 'sshd'] }[values.farm ?? 'both'];
  if (!farms || nodes > 5000) return { problem: usage };
  const only = values.only?.split(',');
  const { hosts, 'known-hosts': knownHosts, key, user } = values;
  if (hosts !== undefined && (knownHosts === undefined || key === undefined)) return { problem: usage };
  const given = hosts && knownHosts && key ? { hosts, knownHosts, key, port, user } : undefined;
  return {
    nodes,
    concurrency,
    rounds,
    farms: /** @type {('light' | 'sshd')[]} */ (farms),
    only,
    json: values.json ?? false,
    given,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        nodes: text,
        concurrency: text,
        rounds: text,
        farm: text,
        only: text,
        json: { type: 'boolean' },
        hosts: text,
        'known-hosts': text,
        key: text,
        port: text,
        user: text,
      },
    });
  } catch {
    return { values: undefined };
  }
}
