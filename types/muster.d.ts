// Written by `npm run types` from the schemas that validate files and from core/plugin. Do not edit.

/** What `inventory.yaml` may contain. */
export type InventoryFile = {
  /** Version of the file format. Default: 1. */
  version?: 1 | undefined;
  /** Connection settings for all nodes that do not have their own. */
  defaults?:
    | {
        /** How a node is reached. `openssh` goes by the `ssh` of this machine and its configuration, for certificates, security keys, GSSAPI and the like. `local` runs on this machine, in the folder `cwd`. Default: `ssh`. */
        transport?: 'ssh' | 'openssh' | 'local' | undefined;
        /** Account to log in with. Default: the name of the person who runs Muster. */
        user?: string | undefined;
        /** TCP port. Default: 22. */
        port?: number | undefined;
        /** Longest time that connecting and logging in may take: `30s`, `2m` or seconds. Default: `30s`. */
        connectTimeout?: string | undefined;
        /** Files with the host keys that are trusted; new ones are added to the first. `~` is the home folder; other paths start at the inventory. Default: `~/.ssh/known_hosts`. */
        knownHosts?: string | string[] | undefined;
        /** Private keys to log in with, in the order to try them. `~` is the home folder; other paths start at the inventory. */
        identityFile?: string | string[] | undefined;
        /** Offer only the key files that are named, not the other keys of the agent. Default: `false`. */
        identitiesOnly?: boolean | undefined;
        /** The name under which known_hosts knows the node, instead of its host. */
        hostKeyAlias?: string | undefined;
        /** Tried in this order. A password is asked for, never written here. Default: `[agent, key]`. */
        auth?: 'agent' | 'key' | 'password' | ('agent' | 'key' | 'password')[] | undefined;
        /** Nodes of this inventory or `user@host:port`, first hop first. `[]` goes straight even where the defaults name a hop. The hops themselves do not use a jump host of the defaults. */
        jump?: string | string[] | undefined;
        /** Command on this machine whose standard input and output carry the connection, instead of a TCP connection; `%h` and `%p` stand for host and port. It acts only after you allowed it. */
        proxyCommand?: string | undefined;
        /** File that `openssh` reads instead of `~/.ssh/config`; `~` is the home folder, other paths start at the inventory. What runs commands in it acts only after you allowed it. */
        sshConfig?: string | undefined;
        /** Folder in which a `local` node works; starts at the inventory. Default: the folder of the inventory. */
        cwd?: string | undefined;
      }
    | null
    | undefined;
  /** Machines by name. `web[01-20].example.com` stands for twenty nodes. The value may be left out, or be just an address: `db01: postgres@10.0.0.5:2222`. */
  nodes?:
    | {
        [name: string]:
          | null
          | string
          | {
              /** Host name or address to connect to. Default: the name of the node. Only for a single node. */
              host?: string | undefined;
              /** How a node is reached. `openssh` goes by the `ssh` of this machine and its configuration, for certificates, security keys, GSSAPI and the like. `local` runs on this machine, in the folder `cwd`. Default: `ssh`. */
              transport?: 'ssh' | 'openssh' | 'local' | undefined;
              /** Account to log in with. Default: the name of the person who runs Muster. */
              user?: string | undefined;
              /** TCP port. Default: 22. */
              port?: number | undefined;
              /** Longest time that connecting and logging in may take: `30s`, `2m` or seconds. Default: `30s`. */
              connectTimeout?: string | undefined;
              /** Files with the host keys that are trusted; new ones are added to the first. `~` is the home folder; other paths start at the inventory. Default: `~/.ssh/known_hosts`. */
              knownHosts?: string | string[] | undefined;
              /** Private keys to log in with, in the order to try them. `~` is the home folder; other paths start at the inventory. */
              identityFile?: string | string[] | undefined;
              /** Offer only the key files that are named, not the other keys of the agent. Default: `false`. */
              identitiesOnly?: boolean | undefined;
              /** The name under which known_hosts knows the node, instead of its host. */
              hostKeyAlias?: string | undefined;
              /** Tried in this order. A password is asked for, never written here. Default: `[agent, key]`. */
              auth?: 'agent' | 'key' | 'password' | ('agent' | 'key' | 'password')[] | undefined;
              /** Nodes of this inventory or `user@host:port`, first hop first. `[]` goes straight even where the defaults name a hop. The hops themselves do not use a jump host of the defaults. */
              jump?: string | string[] | undefined;
              /** Command on this machine whose standard input and output carry the connection, instead of a TCP connection; `%h` and `%p` stand for host and port. It acts only after you allowed it. */
              proxyCommand?: string | undefined;
              /** File that `openssh` reads instead of `~/.ssh/config`; `~` is the home folder, other paths start at the inventory. What runs commands in it acts only after you allowed it. */
              sshConfig?: string | undefined;
              /** Folder in which a `local` node works; starts at the inventory. Default: the folder of the inventory. */
              cwd?: string | undefined;
              /** Free labels to select by: `tag:prod`. */
              tags?: string | string[] | undefined;
              /** Values of the node. They win over those of its groups. */
              vars?: { [name: string]: unknown } | null | undefined;
              /** What is known about the node, to select by: `fact:os.id=debian`. */
              facts?: { [name: string]: unknown } | null | undefined;
            };
      }
    | null
    | undefined;
  /** Named sets of nodes and groups. The value may be just the nodes: `frontend: web[01-10]`. */
  groups?:
    | {
        [name: string]:
          | null
          | string
          | string[]
          | {
              /** Names of nodes, with ranges: `web[01-10].example.com, db01` or a list of them. */
              nodes?: string | string[] | undefined;
              /** Groups whose nodes belong to this group too. */
              groups?: string | string[] | undefined;
              /** Labels that every node of the group gets. */
              tags?: string | string[] | undefined;
              /** Values for every node of the group. Those of a group inside this one win; among groups of equal depth the later one in the file wins. */
              vars?: { [name: string]: unknown } | null | undefined;
            };
      }
    | null
    | undefined;
  /** Labels by name, each with its nodes: `canary: web[03,07]`. They add to the tags of a node. */
  tags?: { [name: string]: string | string[] } | null | undefined;
  /** Inventories of other kinds that belong to this one. Groups of one name unite. */
  sources?:
    | {
        /** `ansible`: inventory file (INI or YAML) or folder. `bolt`: Bolt inventory. `ssh-config`: OpenSSH client configuration. `clustershell`: group file. `hosts`: list of names. `csv`: table. `folders`: folders and repositories on this machine. `command`: a program that prints `ansible-inventory --list` JSON. `muster`: another inventory like this. */
        type:
          | 'muster'
          | 'ansible'
          | 'bolt'
          | 'ssh-config'
          | 'clustershell'
          | 'hosts'
          | 'csv'
          | 'folders'
          | 'command';
        /** File or folder; of a `command`, the folder in which it runs. `~` is the home folder; other paths start at the inventory. Default: `~/.ssh/config` for `ssh-config`, else the folder of the inventory. */
        path?: string | undefined;
        /** Command line of a `command` source. It runs only after you allowed this very command. */
        run?: string | undefined;
        /** How long the answer of a `command` counts as fresh: `30s`, `10m`. Default: `10m`. */
        ttl?: string | undefined;
        /** Of two sources that say different things about one key of a node, the higher wins; of equals, the later. This file itself has 100. Default: 50. */
        priority?: number | undefined;
      }[]
    | null
    | undefined;
};

/** What `*.playbook.yaml` may contain. */
export type PlaybookFile = {
  /** Version of the file format. Default: 1. */
  version?: 1 | undefined;
  /** What people see of it. Default: the file. */
  name?: string | undefined;
  /** What it does. */
  description?: string | undefined;
  /** What it is given with `--param`, as `params` in templates. */
  params?:
    | {
        [name: string]: {
          /** What is given: text, a number, true or false, one of `values`, a list, a map, a path, a length of time (`30s`), or a size in bytes (`10M`). Default: `string`. */
          type?:
            | 'string'
            | 'integer'
            | 'number'
            | 'boolean'
            | 'enum'
            | 'array'
            | 'object'
            | 'path'
            | 'duration'
            | 'size'
            | undefined;
          /** What it is for. */
          description?: string | undefined;
          /** What it is where nothing is given. */
          default?: unknown | undefined;
          /** It has to be given. Default: `false`; without a default, it is then nothing. */
          required?: boolean | undefined;
          /** What it may be, for `enum`. */
          values?: unknown[] | undefined;
          /** Regular expression that the text has to match. */
          pattern?: string | undefined;
          /** The least number, or the fewest items or characters. */
          min?: number | undefined;
          /** The greatest number, or the most items or characters. */
          max?: number | undefined;
          /** It is a secret: shown as stars everywhere, and never written down. Default: `false`. */
          sensitive?: boolean | undefined;
        };
      }
    | null
    | undefined;
  /** Secrets by where they are, as `secret` in templates. They are never written down. */
  secrets?:
    | {
        [name: string]: {
          /** A variable of the environment of this machine. */
          env?: string | undefined;
          /** A file encrypted with age, from the folder of this one; `age` has to be installed. */
          age?: string | undefined;
          /** A program of this machine and its arguments, whose output it is. It runs without a shell, for at most 30 s, in the folder of this file, and only after `muster trust` or in a trusted window. */
          command?: string[] | undefined;
          /** VS Code keeps it in the secret storage of this machine, once a person has given it, asked with these words. The command line asks each time, or takes it from `--param-env`. */
          stored?: string | undefined;
          /** A person is asked for it, with these words. */
          ask?: string | undefined;
        };
      }
    | null
    | undefined;
  /** Values for templates, over those of the inventory: `vars` in templates. */
  vars?: { [name: string]: unknown } | null | undefined;
  /** Which nodes, where the command line does not say. */
  targets?: string | undefined;
  /** Order of the nodes. */
  order?: 'inventory' | 'selection' | 'sorted' | 'reverse' | 'shuffle' | undefined;
  /** What runs when. */
  strategy?:
    | {
        /** Several nodes at once, one after the other, or in waves. Default: `parallel`. */
        mode?: 'parallel' | 'sequential' | 'rolling' | undefined;
        /** Sizes of the waves, as numbers or shares; the last one is repeated. */
        waves?: (number | string)[] | undefined;
        /** All nodes, or all of a wave, end a step before any of them begins the next. Default: `false`, each node goes straight through. */
        lockstep?: boolean | undefined;
        /** How many nodes at once. Default: 10. */
        concurrency?: number | undefined;
        /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
        maxFailures?: number | string | undefined;
        /** Failures that each wave bears; one more and the next wave does not begin. */
        maxFailuresPerWave?: number | string | undefined;
        /** The first failure stops the rest. Default: `false`. */
        stopOnFailure?: boolean | undefined;
      }
    | null
    | undefined;
  /** Time that a step may take on a node, where it does not say. Default: `300s`. */
  timeout?: string | undefined;
  /** Variables of all commands. */
  env?: { [name: string]: string } | null | undefined;
  /** Sets of parameters: the playbook runs once for each of them on each node, or on this machine where it has no targets. `--batch-file` and `--batch-json` take their place. */
  batch?: { [name: string]: unknown }[] | undefined;
  /** What is done on each node, in this order. */
  steps: Json[];
  /** Steps that others notify by their ids; they run once, after the steps. */
  handlers?: Json[] | undefined;
  /** Steps at the end on each node that was reached, also after a failure; not after a stop. */
  finally?: Json[] | undefined;
};

/** What `*.task.yaml` may contain. */
export type TaskFile = {
  /** Version of the file format. Default: 1. */
  version?: 1 | undefined;
  /** What people see of it. Default: the file. */
  name?: string | undefined;
  /** What it does. */
  description?: string | undefined;
  /** What it is given, as `params` in templates. */
  params?:
    | {
        [name: string]: {
          /** What is given: text, a number, true or false, one of `values`, a list, a map, a path, a length of time (`30s`), or a size in bytes (`10M`). Default: `string`. */
          type?:
            | 'string'
            | 'integer'
            | 'number'
            | 'boolean'
            | 'enum'
            | 'array'
            | 'object'
            | 'path'
            | 'duration'
            | 'size'
            | undefined;
          /** What it is for. */
          description?: string | undefined;
          /** What it is where nothing is given. */
          default?: unknown | undefined;
          /** It has to be given. Default: `false`; without a default, it is then nothing. */
          required?: boolean | undefined;
          /** What it may be, for `enum`. */
          values?: unknown[] | undefined;
          /** Regular expression that the text has to match. */
          pattern?: string | undefined;
          /** The least number, or the fewest items or characters. */
          min?: number | undefined;
          /** The greatest number, or the most items or characters. */
          max?: number | undefined;
          /** It is a secret: shown as stars everywhere, and never written down. Default: `false`. */
          sensitive?: boolean | undefined;
        };
      }
    | null
    | undefined;
  /** Variables of these steps, as `vars`, where neither the inventory nor a playbook has them. Each may use those before it. */
  vars?: { [name: string]: unknown } | null | undefined;
  /** What is done, in this order. */
  steps?: Json | undefined;
  /** Steps for different platforms, instead of `steps`. */
  implementations?:
    | {
        /** Condition on the node; the first implementation whose condition holds is taken. */
        when?: string | undefined;
        /** What is done, in this order. */
        steps: Json;
      }[]
    | undefined;
  /** Its steps look at `batch.dryRun` and change nothing where that is true: `--dry-run-on-nodes` runs it, other steps are only told. */
  supportsDryRun?: boolean | undefined;
  /** Expressions whose values are the `outputs` of the step that has this task. */
  outputs?: { [name: string]: string } | null | undefined;
};

/** What `config.yaml` may contain. */
export type ConfigFile = {
  /** Version of the file format. Default: 1. */
  version?: 1 | undefined;
  /** How commands run where nothing else is asked for. */
  defaults?:
    | {
        /** How many nodes at once. Default: 10. */
        concurrency?: number | undefined;
        /** Time that a command may take on a node. Default: `300s`. */
        timeout?: string | undefined;
        /** Time that connecting to a node may take, where its inventory does not say. Default: `30s`. */
        connectTimeout?: string | undefined;
        /** Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`. */
        phaseTimeouts?:
          | {
              /** Looking up the address. */
              dns?: string | undefined;
              /** Opening the connection. */
              tcp?: string | undefined;
              /** Waiting for the greeting of the SSH server. */
              banner?: string | undefined;
              /** Agreeing on keys, and checking the host key. */
              kex?: string | undefined;
              /** Logging in; waiting for a person does not count. */
              auth?: string | undefined;
              /** Opening the channel in which the command runs. */
              channel?: string | undefined;
            }
          | undefined;
        /** The first failure stops the rest. Default: `false`. */
        stopOnFailure?: boolean | undefined;
        /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
        maxFailures?: number | string | undefined;
        /** How often, when and after what a node is tried again. Default: never. */
        retries?:
          | {
              /** Further attempts after the first. */
              count?: number | undefined;
              /** Later waits as long as the first, or twice as long each time. Default: `exponential`. */
              backoff?: 'constant' | 'exponential' | undefined;
              /** Time before the second attempt; half of each wait is random. Default: `1s`. */
              delay?: string | undefined;
              /** Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`. */
              on?:
                | 'unreachable'
                | 'failed'
                | 'timed-out'
                | 'signalled'
                | 'lost'
                | ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[]
                | undefined;
              /** Only then is tried again what may still run on the node. Default: `false`. */
              idempotent?: boolean | undefined;
            }
          | undefined;
        /** Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none. */
        rateLimit?: string | undefined;
        /** New connections a second, those of retries too, in the form of `rateLimit`. Default: none. */
        connectRate?: string | undefined;
        /** How many nodes at once through one jump host. Default: no limit. */
        perJump?: number | undefined;
        /** How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit. */
        perTransport?:
          | {
              /** How many nodes at once over this transport. */
              ssh?: number | undefined;
              /** How many nodes at once over this transport. */
              openssh?: number | undefined;
              /** How many nodes at once over this transport. */
              local?: number | undefined;
            }
          | undefined;
      }
    | null
    | undefined;
  /** The same as `defaults` for one kind of action alone: `command`, `script`, `copy`, `fetch`, `playbook` (tasks too). It wins over `defaults` of any file. */
  actions?:
    | {
        /** How commands run. */
        command?:
          | {
              /** How many nodes at once. Default: 10. */
              concurrency?: number | undefined;
              /** Time that a command may take on a node. Default: `300s`. */
              timeout?: string | undefined;
              /** Time that connecting to a node may take, where its inventory does not say. Default: `30s`. */
              connectTimeout?: string | undefined;
              /** Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`. */
              phaseTimeouts?:
                | {
                    /** Looking up the address. */
                    dns?: string | undefined;
                    /** Opening the connection. */
                    tcp?: string | undefined;
                    /** Waiting for the greeting of the SSH server. */
                    banner?: string | undefined;
                    /** Agreeing on keys, and checking the host key. */
                    kex?: string | undefined;
                    /** Logging in; waiting for a person does not count. */
                    auth?: string | undefined;
                    /** Opening the channel in which the command runs. */
                    channel?: string | undefined;
                  }
                | undefined;
              /** The first failure stops the rest. Default: `false`. */
              stopOnFailure?: boolean | undefined;
              /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
              maxFailures?: number | string | undefined;
              /** How often, when and after what a node is tried again. Default: never. */
              retries?:
                | {
                    /** Further attempts after the first. */
                    count?: number | undefined;
                    /** Later waits as long as the first, or twice as long each time. Default: `exponential`. */
                    backoff?: 'constant' | 'exponential' | undefined;
                    /** Time before the second attempt; half of each wait is random. Default: `1s`. */
                    delay?: string | undefined;
                    /** Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`. */
                    on?:
                      | 'unreachable'
                      | 'failed'
                      | 'timed-out'
                      | 'signalled'
                      | 'lost'
                      | ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[]
                      | undefined;
                    /** Only then is tried again what may still run on the node. Default: `false`. */
                    idempotent?: boolean | undefined;
                  }
                | undefined;
              /** Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none. */
              rateLimit?: string | undefined;
              /** New connections a second, those of retries too, in the form of `rateLimit`. Default: none. */
              connectRate?: string | undefined;
              /** How many nodes at once through one jump host. Default: no limit. */
              perJump?: number | undefined;
              /** How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit. */
              perTransport?:
                | {
                    /** How many nodes at once over this transport. */
                    ssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    openssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    local?: number | undefined;
                  }
                | undefined;
            }
          | undefined;
        /** How scripts run. */
        script?:
          | {
              /** How many nodes at once. Default: 10. */
              concurrency?: number | undefined;
              /** Time that a command may take on a node. Default: `300s`. */
              timeout?: string | undefined;
              /** Time that connecting to a node may take, where its inventory does not say. Default: `30s`. */
              connectTimeout?: string | undefined;
              /** Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`. */
              phaseTimeouts?:
                | {
                    /** Looking up the address. */
                    dns?: string | undefined;
                    /** Opening the connection. */
                    tcp?: string | undefined;
                    /** Waiting for the greeting of the SSH server. */
                    banner?: string | undefined;
                    /** Agreeing on keys, and checking the host key. */
                    kex?: string | undefined;
                    /** Logging in; waiting for a person does not count. */
                    auth?: string | undefined;
                    /** Opening the channel in which the command runs. */
                    channel?: string | undefined;
                  }
                | undefined;
              /** The first failure stops the rest. Default: `false`. */
              stopOnFailure?: boolean | undefined;
              /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
              maxFailures?: number | string | undefined;
              /** How often, when and after what a node is tried again. Default: never. */
              retries?:
                | {
                    /** Further attempts after the first. */
                    count?: number | undefined;
                    /** Later waits as long as the first, or twice as long each time. Default: `exponential`. */
                    backoff?: 'constant' | 'exponential' | undefined;
                    /** Time before the second attempt; half of each wait is random. Default: `1s`. */
                    delay?: string | undefined;
                    /** Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`. */
                    on?:
                      | 'unreachable'
                      | 'failed'
                      | 'timed-out'
                      | 'signalled'
                      | 'lost'
                      | ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[]
                      | undefined;
                    /** Only then is tried again what may still run on the node. Default: `false`. */
                    idempotent?: boolean | undefined;
                  }
                | undefined;
              /** Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none. */
              rateLimit?: string | undefined;
              /** New connections a second, those of retries too, in the form of `rateLimit`. Default: none. */
              connectRate?: string | undefined;
              /** How many nodes at once through one jump host. Default: no limit. */
              perJump?: number | undefined;
              /** How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit. */
              perTransport?:
                | {
                    /** How many nodes at once over this transport. */
                    ssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    openssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    local?: number | undefined;
                  }
                | undefined;
            }
          | undefined;
        /** How copies run. */
        copy?:
          | {
              /** How many nodes at once. Default: 10. */
              concurrency?: number | undefined;
              /** Time that a command may take on a node. Default: `300s`. */
              timeout?: string | undefined;
              /** Time that connecting to a node may take, where its inventory does not say. Default: `30s`. */
              connectTimeout?: string | undefined;
              /** Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`. */
              phaseTimeouts?:
                | {
                    /** Looking up the address. */
                    dns?: string | undefined;
                    /** Opening the connection. */
                    tcp?: string | undefined;
                    /** Waiting for the greeting of the SSH server. */
                    banner?: string | undefined;
                    /** Agreeing on keys, and checking the host key. */
                    kex?: string | undefined;
                    /** Logging in; waiting for a person does not count. */
                    auth?: string | undefined;
                    /** Opening the channel in which the command runs. */
                    channel?: string | undefined;
                  }
                | undefined;
              /** The first failure stops the rest. Default: `false`. */
              stopOnFailure?: boolean | undefined;
              /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
              maxFailures?: number | string | undefined;
              /** How often, when and after what a node is tried again. Default: never. */
              retries?:
                | {
                    /** Further attempts after the first. */
                    count?: number | undefined;
                    /** Later waits as long as the first, or twice as long each time. Default: `exponential`. */
                    backoff?: 'constant' | 'exponential' | undefined;
                    /** Time before the second attempt; half of each wait is random. Default: `1s`. */
                    delay?: string | undefined;
                    /** Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`. */
                    on?:
                      | 'unreachable'
                      | 'failed'
                      | 'timed-out'
                      | 'signalled'
                      | 'lost'
                      | ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[]
                      | undefined;
                    /** Only then is tried again what may still run on the node. Default: `false`. */
                    idempotent?: boolean | undefined;
                  }
                | undefined;
              /** Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none. */
              rateLimit?: string | undefined;
              /** New connections a second, those of retries too, in the form of `rateLimit`. Default: none. */
              connectRate?: string | undefined;
              /** How many nodes at once through one jump host. Default: no limit. */
              perJump?: number | undefined;
              /** How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit. */
              perTransport?:
                | {
                    /** How many nodes at once over this transport. */
                    ssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    openssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    local?: number | undefined;
                  }
                | undefined;
            }
          | undefined;
        /** How fetches run. */
        fetch?:
          | {
              /** How many nodes at once. Default: 10. */
              concurrency?: number | undefined;
              /** Time that a command may take on a node. Default: `300s`. */
              timeout?: string | undefined;
              /** Time that connecting to a node may take, where its inventory does not say. Default: `30s`. */
              connectTimeout?: string | undefined;
              /** Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`. */
              phaseTimeouts?:
                | {
                    /** Looking up the address. */
                    dns?: string | undefined;
                    /** Opening the connection. */
                    tcp?: string | undefined;
                    /** Waiting for the greeting of the SSH server. */
                    banner?: string | undefined;
                    /** Agreeing on keys, and checking the host key. */
                    kex?: string | undefined;
                    /** Logging in; waiting for a person does not count. */
                    auth?: string | undefined;
                    /** Opening the channel in which the command runs. */
                    channel?: string | undefined;
                  }
                | undefined;
              /** The first failure stops the rest. Default: `false`. */
              stopOnFailure?: boolean | undefined;
              /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
              maxFailures?: number | string | undefined;
              /** How often, when and after what a node is tried again. Default: never. */
              retries?:
                | {
                    /** Further attempts after the first. */
                    count?: number | undefined;
                    /** Later waits as long as the first, or twice as long each time. Default: `exponential`. */
                    backoff?: 'constant' | 'exponential' | undefined;
                    /** Time before the second attempt; half of each wait is random. Default: `1s`. */
                    delay?: string | undefined;
                    /** Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`. */
                    on?:
                      | 'unreachable'
                      | 'failed'
                      | 'timed-out'
                      | 'signalled'
                      | 'lost'
                      | ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[]
                      | undefined;
                    /** Only then is tried again what may still run on the node. Default: `false`. */
                    idempotent?: boolean | undefined;
                  }
                | undefined;
              /** Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none. */
              rateLimit?: string | undefined;
              /** New connections a second, those of retries too, in the form of `rateLimit`. Default: none. */
              connectRate?: string | undefined;
              /** How many nodes at once through one jump host. Default: no limit. */
              perJump?: number | undefined;
              /** How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit. */
              perTransport?:
                | {
                    /** How many nodes at once over this transport. */
                    ssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    openssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    local?: number | undefined;
                  }
                | undefined;
            }
          | undefined;
        /** How playbooks and tasks run. */
        playbook?:
          | {
              /** How many nodes at once. Default: 10. */
              concurrency?: number | undefined;
              /** Time that a command may take on a node. Default: `300s`. */
              timeout?: string | undefined;
              /** Time that connecting to a node may take, where its inventory does not say. Default: `30s`. */
              connectTimeout?: string | undefined;
              /** Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`. */
              phaseTimeouts?:
                | {
                    /** Looking up the address. */
                    dns?: string | undefined;
                    /** Opening the connection. */
                    tcp?: string | undefined;
                    /** Waiting for the greeting of the SSH server. */
                    banner?: string | undefined;
                    /** Agreeing on keys, and checking the host key. */
                    kex?: string | undefined;
                    /** Logging in; waiting for a person does not count. */
                    auth?: string | undefined;
                    /** Opening the channel in which the command runs. */
                    channel?: string | undefined;
                  }
                | undefined;
              /** The first failure stops the rest. Default: `false`. */
              stopOnFailure?: boolean | undefined;
              /** Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts. */
              maxFailures?: number | string | undefined;
              /** How often, when and after what a node is tried again. Default: never. */
              retries?:
                | {
                    /** Further attempts after the first. */
                    count?: number | undefined;
                    /** Later waits as long as the first, or twice as long each time. Default: `exponential`. */
                    backoff?: 'constant' | 'exponential' | undefined;
                    /** Time before the second attempt; half of each wait is random. Default: `1s`. */
                    delay?: string | undefined;
                    /** Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`. */
                    on?:
                      | 'unreachable'
                      | 'failed'
                      | 'timed-out'
                      | 'signalled'
                      | 'lost'
                      | ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[]
                      | undefined;
                    /** Only then is tried again what may still run on the node. Default: `false`. */
                    idempotent?: boolean | undefined;
                  }
                | undefined;
              /** Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none. */
              rateLimit?: string | undefined;
              /** New connections a second, those of retries too, in the form of `rateLimit`. Default: none. */
              connectRate?: string | undefined;
              /** How many nodes at once through one jump host. Default: no limit. */
              perJump?: number | undefined;
              /** How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit. */
              perTransport?:
                | {
                    /** How many nodes at once over this transport. */
                    ssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    openssh?: number | undefined;
                    /** How many nodes at once over this transport. */
                    local?: number | undefined;
                  }
                | undefined;
            }
          | undefined;
      }
    | null
    | undefined;
  /** Limits for all batches together. Only in the file of the user, not in a workspace. */
  limits?:
    | {
        /** How many executions of all batches together may wait. What would be more is refused before it starts. Default: 10000. */
        queue?: number | undefined;
        /** How many executions of all batches together run at once. Default: what open files allow. */
        running?: number | undefined;
        /** How many executions of all batches together run as processes here. Default: 16 for each CPU. */
        local?: number | undefined;
        /** When a node, a jump host or a transport that keeps failing is left alone for a while. */
        breaker?:
          | {
              /** Failures in a row after which it opens. Default: 5. */
              failures?: number | undefined;
              /** Time for which nothing is tried; then one attempt shows how it is. Default: `15s`. */
              pause?: string | undefined;
            }
          | undefined;
        /** How much output of one execution is kept on disk. Of more, the beginning and the last 64 KB are kept. Default: `1GB`. */
        outputPerNode?: string | undefined;
        /** How much output of one batch is kept on disk; after that only the last 64 KB of each execution. Default: `10GB`. */
        outputPerBatch?: string | undefined;
      }
    | null
    | undefined;
  /** Commands that are alike, by their words, and how they run where nothing else is asked for. The first that fits counts; those of the workspace come before those of the user. `lifecycle` is built in: what starts, stops, restarts or removes runs on one node after the other. A class of that name takes its place. */
  classes?:
    | {
        [name: string]: {
          /** Words that stand in a command in this order, `*` for any characters of a word: `apt-get`, `kubectl drain`. `[]` takes a class away. */
          match: string | string[];
          /** Several nodes at once, or one after the other. */
          mode?: 'parallel' | 'sequential' | undefined;
          /** Time that a command of this class may take on a node. */
          timeout?: string | undefined;
          /** How many nodes at once. */
          concurrency?: number | undefined;
        };
      }
    | null
    | undefined;
  /** How much of the history is kept: what is older, more or larger is deleted once a day, the oldest batches first. Only in the file of the user, not in a workspace. */
  history?:
    | {
        /** How long a batch is kept after its end. Default: `365d`. */
        keep?: string | undefined;
        /** How many batches are kept: the newest. Default: 10000. */
        batches?: number | undefined;
        /** How much room batches may take together with their output; the oldest go. Default: `10GB`. */
        size?: string | undefined;
      }
    | null
    | undefined;
  /** What is kept of notes about nodes and of what plugins say about them. Only in the file of the user, not in a workspace. */
  journal?:
    | {
        /** How long notes and entries of plugins are kept; they go a month at a time. Default: `800d`. */
        keep?: string | undefined;
        /** How many of them are kept of a node. Default: 10000. */
        entries?: number | undefined;
        /** From which level on the entries of a plugin are kept. Default: `debug`, all of them. */
        levels?: { [name: string]: 'debug' | 'info' | 'warning' | 'error' } | undefined;
      }
    | null
    | undefined;
  /** Variables of all nodes for playbooks and tasks, as `vars`; whatever an inventory, a playbook or a person says of the same name wins. They are data: braces in them are never expanded. */
  vars?: { [name: string]: unknown } | null | undefined;
  /** Secrets by where they are, for `{{ secret.NAME }}` in playbooks, tasks and services. One of the same name in a playbook takes its place there. */
  secrets?:
    | {
        [name: string]: {
          /** A variable of the environment of this machine. */
          env?: string | undefined;
          /** A file encrypted with age, from the folder of this one; `age` has to be installed. */
          age?: string | undefined;
          /** A program of this machine and its arguments, whose output it is. It runs without a shell, for at most 30 s, in the folder of this file, and only after `muster trust` or in a trusted window. */
          command?: string[] | undefined;
          /** VS Code keeps it in the secret storage of this machine, once a person has given it, asked with these words. The command line asks each time, or takes it from `--param-env`. */
          stored?: string | undefined;
          /** A person is asked for it, with these words. */
          ask?: string | undefined;
        };
      }
    | null
    | undefined;
  /** What `http` steps talk to, by name: address, headers and limits, which all steps that name it share. */
  services?:
    | {
        [name: string]: {
          /** What the `url` of a step comes behind. Requests go nowhere else. */
          baseUrl: string;
          /** Headers of every request; secrets as `{{ secret.NAME }}`. Those of a step count before. */
          headers?: { [name: string]: string } | null | undefined;
          /** Limits that all steps that name the service share, also those of other batches. */
          rateLimits?:
            | {
                /** So many begin a second, of all batches together. Default: no limit. */
                requestsPerSecond?: number | undefined;
                /** How many may begin at once after a rest. Default: 1. */
                burstSize?: number | undefined;
                /** How many are under way at once. Default: no limit. */
                concurrency?: number | undefined;
              }
            | null
            | undefined;
          /** After which answers a request is sent again, where a step does not say. */
          retry?:
            | {
                /** Answers after which it is sent again. */
                statuses: number | number[];
                /** Further requests after the first. Default: 3. */
                count?: number | undefined;
                /** Time before the next request; a longer `Retry-After` of the answer, up to a minute, counts instead. Default: `1s`. */
                delay?: string | undefined;
              }
            | null
            | undefined;
        };
      }
    | null
    | undefined;
  /** How loud diagnostics of the editor and of `muster check` are, by their code (`vars/unused`) or family (`vars`): `error`, `warning`, `info`, `hint` or `off`. What the engine refuses it refuses all the same. */
  rules?: { [name: string]: 'error' | 'warning' | 'info' | 'hint' | 'off' } | null | undefined;
  /** Which files of the workspace the editor and `muster check` read, and as what. */
  index?:
    | {
        /** What files are whose names do not say it, by pattern from the folder of the workspace (`*`, `**`, `?`); a pattern without `/` fits in every folder. `none` leaves files out. Of several patterns that fit the last counts. What `.gitignore` leaves out stays out. */
        files?:
          { [name: string]: 'inventory' | 'playbook' | 'task' | 'config' | 'policy' | 'none' } | undefined;
        /** Larger files are read when they are opened, and not before. Default: `2MB`. */
        maxFileSize?: string | undefined;
      }
    | undefined;
  /** Regular expressions for what differs from node to node although the answer is the same, by the word that takes its place. Names and addresses of the node, times, dates, durations, pids, UUIDs, MAC addresses and long hexadecimal ids are masked without asking. */
  masks?: { [name: string]: string } | null | undefined;
};

/** What `policy.yaml` may contain. */
export type PolicyFile = {
  /** Version of the file format. Default: 1. */
  version?: 1 | undefined;
  /** What counts for nodes of a run for which no rule speaks. Default: `allow`. */
  default?: 'allow' | 'confirm' | 'typed-confirm' | 'deny' | undefined;
  /** More nodes than this need a yes: an answer, or `--yes`. Default: above 10 nodes people are asked where somebody can be, and nothing is refused. */
  confirmAbove?: number | undefined;
  /** More nodes than this start only after their number was typed, or given with `--expect-count`. Default: never. */
  typedAbove?: number | undefined;
  /** Nodes with one of these tags need their number typed. `[]` in a file of the user or the machine: none. Default: `[protected]`. */
  protectedTags?: string | string[] | undefined;
  /** Everything is denied. `muster freeze` does the same without editing a file. */
  freeze?:
    | {
        /** Why nothing may run. */
        reason: string;
        /** When it ends: date, time and offset. Default: until the entry is taken out. */
        until?: string | undefined;
      }
    | undefined;
  /** Each says what it is about and what is decided. What is left out of a rule means: any. */
  rules?:
    | {
        /** What the rule is called where it is the reason for something. */
        name?: string | undefined;
        /** `deny`: does not start. `typed-confirm`: a person types the number of nodes. `confirm`: a person says yes. `allow`: nothing is asked. Of several rules for a node the strictest stands. */
        decision: 'allow' | 'confirm' | 'typed-confirm' | 'deny';
        /** A sentence for whoever meets the rule: why, and whom to ask. */
        reason?: string | undefined;
        /** `ai`: an agent or model. `schedule`: a timer. Anything else is the login name of a person. Default: everybody. */
        subject?: string | string[] | undefined;
        /** `run`: start something on nodes. `terminal`: open a terminal on a node. `reach`: ask a node for an answer. `approve`: allow what an inventory would execute on this machine. Only `run` can be confirmed; for the others `deny` counts. Default: `[run, terminal]`. */
        capability?:
          'run' | 'terminal' | 'reach' | 'approve' | ('run' | 'terminal' | 'reach' | 'approve')[] | undefined;
        /** Kinds of what runs: `command`, `script`, `copy`, `fetch`, `playbook`. A rule that denies or confirms a kind also means playbooks with such steps. Default: all. */
        action?:
          | 'command'
          | 'script'
          | 'copy'
          | 'fetch'
          | 'playbook'
          | ('command' | 'script' | 'copy' | 'fetch' | 'playbook')[]
          | undefined;
        /** Regular expression that is looked for in the command, in a script and its arguments, in the paths of what is copied or fetched; `^…$` for the whole of it. Without look-around and back-references, so that it takes linear time. Write it in single quotes. */
        command?: string | undefined;
        /** Selection of the nodes that are meant, also where they are reached by another entry with the same address. Names that the inventory at hand does not have mean nothing. */
        targets?: string | undefined;
        /** Nodes with any of these tags. */
        tags?: string | string[] | undefined;
        /** Addresses that are connected to, whatever the nodes are called: names with `*`, IP addresses, networks. */
        hosts?: string | string[] | undefined;
      }[]
    | undefined;
};

/** Any value of JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What a batch does on each of its targets. */
export type Action =
  | {
      type: 'command';
      command: string;
      env?: { [name: string]: string } | undefined;
      cwd?: string | undefined;
      stdin?:
        | {
            bytes: number;
            sha256: string;
          }
        | undefined;
      runAs?: RunAs | undefined;
      tty?: boolean | undefined;
      follow?: boolean | undefined;
    }
  | {
      type: 'script';
      file: string;
      args: string[];
      interpreter?: string | undefined;
      env?: { [name: string]: string } | undefined;
      cwd?: string | undefined;
      stdin?:
        | {
            bytes: number;
            sha256: string;
          }
        | undefined;
      runAs?: RunAs | undefined;
      tty?: boolean | undefined;
    }
  | {
      type: 'copy';
      from: string[];
      to: string;
      mode?: string | undefined;
      owner?: string | undefined;
      backup?: boolean | undefined;
      runAs?: RunAs | undefined;
    }
  | {
      type: 'fetch';
      from: string[];
      to: string;
      overwrite?: boolean | undefined;
      maxBytes?: number | undefined;
      maxFiles?: number | undefined;
      runAs?: RunAs | undefined;
    }
  | {
      type: 'playbook';
      file: string;
      params: { [name: string]: Json };
      withheld: string[];
      vars?: { [name: string]: Json } | undefined;
      tags?: string[] | undefined;
      skipTags?: string[] | undefined;
      startAt?: string | undefined;
      only?: string | undefined;
      dryRun?: boolean | undefined;
      loaded?: unknown | undefined;
    };

/** Another user of the node, and how to become that user. */
export type RunAs = {
  user: string;
  method: 'sudo' | 'su' | 'doas';
};

/** Where nodes come from. */
export type SourceRef = {
  type?:
    | 'muster'
    | 'ansible'
    | 'bolt'
    | 'ssh-config'
    | 'clustershell'
    | 'hosts'
    | 'csv'
    | 'folders'
    | 'command'
    | undefined;
  path: string;
  run?: string | undefined;
  priority?: number | undefined;
  ttlMs?: number | undefined;
};

/** What a person asked for, before it is resolved. */
export type PlanRequest = {
  action: Action;
  selection: string;
  groups?: string[] | undefined;
  pick?:
    | {
        order?: 'inventory' | 'selection' | 'sorted' | 'reverse' | 'shuffle' | undefined;
        slice?: string | undefined;
        sample?: string | undefined;
        seed?: number | undefined;
      }
    | undefined;
  sources: SourceRef[];
  strategy?:
    | {
        mode?: 'parallel' | 'sequential' | 'rolling' | undefined;
        concurrency?: number | undefined;
        lockstep?: boolean | undefined;
        stopOnFailure?: boolean | undefined;
        waves?: (number | string)[] | undefined;
        barrier?: Barrier | undefined;
        probe?:
          | {
              type: 'command';
              command: string;
            }
          | undefined;
        maxFailures?: number | string | undefined;
        maxFailuresPerWave?: number | string | undefined;
        rate?:
          | {
              perSecond: number;
              burst: number;
            }
          | undefined;
        connectRate?:
          | {
              perSecond: number;
              burst: number;
            }
          | undefined;
        perJump?: number | undefined;
        perTransport?: { [name: string]: number } | undefined;
      }
    | undefined;
  limits?:
    | {
        timeoutMs?: number | undefined;
        connectTimeoutMs?: number | undefined;
        phaseTimeoutsMs?:
          | {
              dns?: number | undefined;
              tcp?: number | undefined;
              banner?: number | undefined;
              kex?: number | undefined;
              auth?: number | undefined;
              channel?: number | undefined;
            }
          | undefined;
        retries?:
          | {
              count?: number | undefined;
              backoff?: 'constant' | 'exponential' | undefined;
              delayMs?: number | undefined;
              maxDelayMs?: number | undefined;
              on?: ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[] | undefined;
              idempotent?: boolean | undefined;
            }
          | undefined;
      }
    | undefined;
  knownHosts?: string | undefined;
  items?: { [name: string]: Json }[] | undefined;
  maxTargets?: number | undefined;
  origin?:
    | {
        batch: string;
        which: 'all' | 'failed' | 'not-started' | 'ok' | 'nodes';
      }
    | undefined;
};

/** What runs when. */
export type Strategy = {
  mode: 'parallel' | 'sequential' | 'rolling';
  concurrency: number;
  lockstep?: boolean | undefined;
  stopOnFailure: boolean;
  waves?: (number | string)[] | undefined;
  barrier?: Barrier | undefined;
  probe?:
    | {
        type: 'command';
        command: string;
      }
    | undefined;
  maxFailures?: number | string | undefined;
  maxFailuresPerWave?: number | string | undefined;
  rate?:
    | {
        perSecond: number;
        burst: number;
      }
    | undefined;
  connectRate?:
    | {
        perSecond: number;
        burst: number;
      }
    | undefined;
  perJump?: number | undefined;
  perTransport?: { [name: string]: number } | undefined;
};

/** Time limits, and what is tried again. */
export type Limits = {
  timeoutMs: number;
  connectTimeoutMs: number;
  phaseTimeoutsMs?:
    | {
        dns?: number | undefined;
        tcp?: number | undefined;
        banner?: number | undefined;
        kex?: number | undefined;
        auth?: number | undefined;
        channel?: number | undefined;
      }
    | undefined;
  retries?:
    | {
        count: number;
        backoff: 'constant' | 'exponential';
        delayMs: number;
        maxDelayMs: number;
        on: ('unreachable' | 'failed' | 'timed-out' | 'signalled' | 'lost')[];
        idempotent: boolean;
      }
    | undefined;
};

/** What happens between two waves. */
export type Barrier =
  | {
      type: 'pause';
      ms: number;
    }
  | {
      type: 'ask';
    };

/** A node resolved for a batch: everything that running on it needs, nothing looked up later. */
export type Target = {
  node: string;
  transport: string;
  options: { [name: string]: unknown };
  connectTimeoutMs: number;
  tags: string[];
  vars: { [name: string]: Json };
  groups?: string[] | undefined;
  facts?: { [name: string]: Json } | undefined;
  isHere?: true | undefined;
};

/** The resolved, immutable value that is previewed, run, stored and re-run. */
export type Plan = {
  version: 1;
  request: PlanRequest;
  action: Action;
  targets: Target[];
  executions: {
    id: string;
    node: string;
    item?:
      | {
          index: number;
          name: string;
        }
      | undefined;
  }[];
  delegates?: Target[] | undefined;
  items?: { [name: string]: Json }[] | undefined;
  files?:
    | {
        from: string;
        to: string;
        bytes: number;
        sha256: string;
        mode: number;
        node?: string | undefined;
        text?: string | undefined;
        step?:
          | {
              path: string;
              from: string;
              isFolder?: boolean | undefined;
            }
          | undefined;
      }[]
    | undefined;
  strategy: Strategy;
  limits: Limits;
  hash: string;
};

/** How one execution ended. Every planned execution ends with exactly one of these. */
export type Outcome =
  | {
      status: 'ok';
      changed?: boolean | undefined;
    }
  | {
      status: 'failed';
      step: string;
      message: string;
      exitCode?: number | undefined;
    }
  | {
      status: 'signalled';
      step?: string | undefined;
      signal: string;
    }
  | {
      status: 'timed-out';
      step?: string | undefined;
      phase: Phase;
      remote: RemoteFate;
      message: string;
    }
  | {
      status: 'unreachable';
      kind: UnreachableKind;
      message: string;
      stranger?:
        | {
            host: string;
            port: number;
            alias?: string | undefined;
          }
        | undefined;
    }
  | {
      status: 'lost';
      message: string;
    }
  | {
      status: 'cancelled';
      remote: RemoteFate;
      reason?: string | undefined;
    }
  | {
      status: 'skipped';
      reason: string;
    }
  | {
      status: 'not-started';
      reason: string;
    }
  | {
      status: 'refused';
      by: 'policy' | 'trust' | 'validation';
      message: string;
    }
  | {
      status: 'interrupted';
      remote: RemoteFate;
    }
  | {
      status: 'crashed';
      message: string;
      stack?: string | undefined;
    };

/** The parts of reaching a node and running on it. */
export type Phase =
  'queued' | 'dns' | 'tcp' | 'banner' | 'kex' | 'host-key' | 'auth' | 'channel' | 'run' | 'drain';

/** What is known about the remote process after it was no longer waited for. */
export type RemoteFate = 'never-started' | 'stopped' | 'may-still-run';

/** Why a node was not reached. */
export type UnreachableKind =
  'dns' | 'refused' | 'timeout' | 'protocol' | 'throttled' | 'host-key' | 'auth' | 'jump' | 'folder';

/** How a node was reached. */
export type ConnectionInfo = {
  transport: string;
  host: string;
  port?: number | undefined;
  user?: string | undefined;
  via: {
    host: string;
    port: number;
    user?: string | undefined;
  }[];
  auth?: string | undefined;
  hostKey?: string | undefined;
  reused?: boolean | undefined;
};

/** A host key that known_hosts does not have. */
export type UnknownHostKey = {
  host: string;
  port: number;
  alias?: string | undefined;
  keyType: string;
  fingerprint: string;
  key: string;
  knownHosts: string;
};

/** Everything that can happen in a batch, as it is logged and announced. */
export type LoggedEvent =
  | {
      seq: number;
      at: number;
      type: 'batchStarted';
      batch: string;
      user: string;
      plan: Plan;
    }
  | {
      seq: number;
      at: number;
      type: 'executionStarted';
      execution: string;
    }
  | {
      seq: number;
      at: number;
      type: 'attemptStarted';
      execution: string;
      attempt: number;
    }
  | {
      seq: number;
      at: number;
      type: 'attemptFailed';
      execution: string;
      attempt: number;
      outcome: Outcome;
      retryInMs: number;
    }
  | {
      seq: number;
      at: number;
      type: 'phaseChanged';
      execution: string;
      phase: Phase;
    }
  | {
      seq: number;
      at: number;
      type: 'connected';
      execution: string;
      connection: ConnectionInfo;
    }
  | {
      seq: number;
      at: number;
      type: 'processStarted';
      execution: string;
      pid: number;
      group?: boolean | undefined;
      born?: string | undefined;
    }
  | {
      seq: number;
      at: number;
      type: 'outputProgress';
      execution: string;
      stdoutBytes: number;
      stderrBytes: number;
      lastLine: string;
      midLine?: true | undefined;
    }
  | {
      seq: number;
      at: number;
      type: 'transferProgress';
      execution: string;
      bytes: number;
      of: number;
    }
  | {
      seq: number;
      at: number;
      type: 'promptRaised';
      prompt: string;
      question:
        | {
            type: 'host-keys';
            keys: {
              key: UnknownHostKey;
              nodes: string[];
            }[];
          }
        | {
            type: 'secret';
            label: string;
            nodes: string[];
          }
        | {
            type: 'go-on';
            message: string;
            nodes: string[];
            pauses?: true | undefined;
          };
    }
  | {
      seq: number;
      at: number;
      type: 'promptAnswered';
      prompt: string;
      accepted: number;
    }
  | {
      seq: number;
      at: number;
      type: 'stepStarted';
      execution: string;
      step: string;
      iteration?: number | undefined;
      title: string;
      attempt: number;
      from: number;
    }
  | {
      seq: number;
      at: number;
      type: 'stepFinished';
      execution: string;
      stdoutBytes: number;
      stderrBytes: number;
      lastLine: string;
      exitCode: number | null;
      signal: string | null;
      extents: {
        file: string;
        offset: number;
        length: number;
      }[];
      leftOut?: number | undefined;
      step?: string | undefined;
      iteration?: number | undefined;
      title?: string | undefined;
      attempt?: number | undefined;
      status?: 'ok' | 'failed' | 'skipped' | undefined;
      changed?: boolean | undefined;
      message?: string | undefined;
      ignored?: boolean | undefined;
      wouldRun?: boolean | undefined;
      ownLastLine?: string | undefined;
      on?: string | undefined;
    }
  | {
      seq: number;
      at: number;
      type: 'executionFinished';
      execution: string;
      outcome: Outcome;
    }
  | {
      seq: number;
      at: number;
      type: 'cancelRequested';
      which: 'all' | 'queued' | 'execution';
      execution?: string | undefined;
    }
  | {
      seq: number;
      at: number;
      type: 'waveStarted';
      wave: number;
      of: number;
      executions: string[];
    }
  | {
      seq: number;
      at: number;
      type: 'probeFinished';
      wave: number;
      node: string;
      outcome: Outcome;
    }
  | {
      seq: number;
      at: number;
      type: 'waveFinished';
      wave: number;
      failures: number;
    }
  | {
      seq: number;
      at: number;
      type: 'barrierWaiting';
      wave: number;
      barrier: Barrier;
    }
  | {
      seq: number;
      at: number;
      type: 'barrierPassed';
      wave: number;
      go: boolean;
    }
  | {
      seq: number;
      at: number;
      type: 'limitChanged';
      heldBy: string | null;
      concurrency: number;
    }
  | {
      seq: number;
      at: number;
      type: 'breakerChanged';
      key: string;
      state: 'closed' | 'open' | 'half-open';
    }
  | {
      seq: number;
      at: number;
      type: 'paused';
    }
  | {
      seq: number;
      at: number;
      type: 'resumed';
    }
  | {
      seq: number;
      at: number;
      type: 'note';
      execution?: string | undefined;
      message: string;
    }
  | {
      seq: number;
      at: number;
      type: 'batchFinished';
      end: 'succeeded' | 'partial' | 'failed' | 'cancelled' | 'interrupted';
    }
  | {
      seq: number;
      at: number;
      type: 'stopReport';
      stopped: string[];
      running: string[];
    };

/** A label, which is asked once in a batch however many nodes need it; a code that is good once is asked each time. */
export type SecretQuestion = string | { readonly label: string; readonly isOnce: true };

/** Asks a person for a secret, such as a password. Undefined when none is given. */
export type AskSecret = (question: SecretQuestion) => Promise<string | undefined>;

/** A password that a person gave, and what its receiver made of it. Exactly one of the three has to be called. */
export type GivenPassword = {
  readonly secret: string;
  /** Whose password it is. */
  readonly account: string;
  accepted(): void;
  refused(): void;
  /** Nobody has looked at it: the connection went away, or it was not needed. */
  unused(): void;
};

export type ConnectContext = {
  signal: AbortSignal;
  /** Milliseconds for all phases of connecting together; waiting for a person does not count. */
  timeoutMs: number;
  /** Milliseconds that single phases may take, where that is limited. */
  phaseTimeoutsMs?: PhaseTimeouts;
  onPhase(phase: Phase): void;
  /** Absent where no person can answer. */
  askSecret?: AskSecret;
  /** Takes what the connection says about itself, never what is sent over it. Absent where nobody wants to know. */
  debug?(line: string): void;
  /** Stops the time of connecting while a person is asked on behalf of another node. */
  held?<T>(question: () => Promise<T>): Promise<T>;
};

/** Connecting either gives a session or an outcome; an unknown host key may be offered to a person. */
export type Connected =
  { ok: true; session: Session } | { ok: false; outcome: Outcome; unknownHostKey?: UnknownHostKey };

/** What to run, and what it gets. */
export type ExecRequest = {
  command: string;
  /** Its text is a secret, and kept out of the arguments of processes where that is possible. */
  isSecret?: boolean | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  /** Folder on the node. A command whose folder is not there is not run. */
  cwd?: string | undefined;
  /** Without it, stdin ends at once. What comes bit by bit is read no faster than the command takes it. */
  stdin?: Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** Runs it, and whatever it starts, as another user of the node. */
  runAs?: RunAs | undefined;
  /** Gives it a terminal. All it says is stdout then. */
  tty?: boolean | undefined;
};

/**
 * How the process on the node, or what was done with files, ended. `stopped` answers an abort; `not-started` and `not-run` are certain that the
 * command was not run: the node turned us away, or it has not got what the command needs.
 */
export type Exit =
  | { type: 'exited'; code: number; changed?: boolean }
  | { type: 'signalled'; signal: string }
  | { type: 'stopped'; remote: RemoteFate }
  | { type: 'not-started'; kind: UnreachableKind; message: string }
  | { type: 'not-run'; step: string; message: string }
  | { type: 'failed'; step: string; message: string }
  | { type: 'lost'; message: string };

/** May return a promise: then the stream is held until it settles (back-pressure). */
export type OnOutput = (stream: 'stdout' | 'stderr', chunk: Uint8Array) => void | Promise<void>;

/** A process on a node, as far as it can be told from a later one with the same number. */
export type StartedProcess = {
  readonly pid: number;
  /** Whether the number is that of a process group, so that it can be stopped with all it started. */
  readonly group: boolean;
  /** When the node started it, in ticks of its clock. */
  readonly born?: string | undefined;
};

export type ExecContext = {
  /** Abort means: stop the process group, verify, and settle with `stopped`. */
  signal: AbortSignal;
  onOutput: OnOutput;
  onProcess(pid: number, identity?: Omit<StartedProcess, 'pid'>): void;
  /** Gives the password for `runAs` where one is asked for; undefined where nobody gave one. */
  askPassword?(): Promise<GivenPassword | undefined>;
};

/** Files to put on a node, and how they have to be there. */
export type PutRequest = {
  readonly files: readonly PlannedFile[];
  /** Where the plan puts them; ends with `/` where that is a folder, which is made if it is missing. */
  readonly to: string;
  /** Octal. */
  readonly mode?: string | undefined;
  readonly owner?: string | undefined;
  readonly backup?: boolean | undefined;
  /** The user of the node that puts them there; without it, whoever logs in. */
  readonly runAs?: RunAs | undefined;
};

/** Files to get from a node, into the folder of that node below `to`. */
export type GetRequest = Omit<FetchAction, 'type'> & { readonly node: string };

export type TransferContext = {
  /** Abort means: take away what is not finished, and settle with `stopped`. */
  signal: AbortSignal;
  /** Takes a line for each file: what became of it. */
  onOutput: OnOutput;
  /** Bytes so far, of all; 0 where nobody knows how many. */
  onProgress(bytes: number, of: number): void;
  /** Takes what a person has to know afterwards, such as what is left on the node. */
  note(message: string): void;
  /** As for a command. */
  readonly askPassword?: ExecContext['askPassword'];
};

/** One way to a node, open. Disposing closes it and never throws. */
export interface Session extends AsyncDisposable {
  readonly info: ConnectionInfo;
  exec(request: ExecRequest, context: ExecContext): Promise<Exit>;
  /** Puts files in their places, each at once or not at all. Absent where no files can be carried. */
  put?(request: PutRequest, context: TransferContext): Promise<Exit>;
  /** Gets files, and nothing outside the folder that is for this node. */
  get?(request: GetRequest, context: TransferContext): Promise<Exit>;
  /** Stops a process that an earlier session started, if it still is that one. Absent where that can not be told. */
  stop?(process: StartedProcess, as: Pick<ExecRequest, 'runAs' | 'tty'>): Promise<RemoteFate>;
}

/** Why a node is not reached before a person has looked at its host key. */
export type Unknown = {
  readonly outcome: Outcome;
  readonly unknownHostKey: UnknownHostKey;
  /** It is the key of a hop; that of the node has not been seen. */
  readonly isHop: boolean;
};

/** Host keys, where a transport has them, before anything else is done with a node. */
export interface HostKeys<O> {
  /** Those for which there is no key, or none for a hop on the way, as far as a quick look at files tells. */
  missing(targets: readonly { target: Target; options: O }[]): Promise<readonly Target[]>;
  /** Lets the node show its key, and goes no further: nobody is logged in. Undefined where there is nothing to ask. */
  fetch(target: Target, options: O, context: ConnectContext): Promise<Unknown | undefined>;
}

/** Validates options of a transport; a Zod schema does. */
export interface OptionsSchema<O> {
  safeParse(value: unknown): { success: true; data: O } | { success: false; error: { message: string } };
}

/** How one node is reached. Expected failures come back as outcomes; whatever it throws is its bug. */
export interface Transport<O = unknown> {
  readonly name: string;
  readonly options: OptionsSchema<O>;
  connect(target: Target, options: O, context: ConnectContext): Promise<Connected>;
  /** Whether connecting now opens no new connection. Absent where each attempt opens one. */
  isConnected?(target: Target): boolean;
  /** Whether the node answers, without logging in to it: undefined, or why not. Absent where nobody can tell. */
  probe?(target: Target, options: O, context: ConnectContext): Promise<Outcome | undefined>;
  readonly hostKeys?: HostKeys<O>;
}
