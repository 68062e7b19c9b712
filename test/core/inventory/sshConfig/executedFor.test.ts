import assert from 'node:assert/strict';
import { executedFor } from '../../../../core/inventory/sshConfig/executedFor.ts';
import { readConfig } from '../../../../core/inventory/sshConfig/readConfig.ts';
import { inputFor, statedFiles } from '../diskFiles.ts';

type Case = { readonly name?: string; readonly isLed?: true; readonly text: string; readonly runs: string[] };

const exec = 'Match exec probe';

/** Configurations, and what ssh could execute of them on its way to `plain`; as ssh -v tells where it can be tried. */
const cases: Readonly<Record<string, Case>> = {
  'a command of another host': {
    text: 'Host plain\n  CertificateFile c\nHost other\n  ProxyCommand nc other 22\n',
    runs: [],
  },
  'its own command': { text: 'Host plain\n  ProxyCommand nc %h 22\n', runs: ['ProxyCommand nc %h 22'] },
  'a command of everyone': { text: 'Host *\n  ProxyCommand nc %h 22\n', runs: ['ProxyCommand nc %h 22'] },
  'a command that an earlier line switches off': {
    text: 'Host plain\n  ProxyCommand none\nHost *\n  ProxyCommand nc %h 22\n',
    runs: [],
  },
  'a command that a jump host stands before': {
    text: 'Host plain\n  ProxyJump hop\nHost plain\n  ProxyCommand nc %h 22\n',
    runs: [],
  },
  'a command of its jump host': {
    text: 'Host plain\n  ProxyJump me@hop:2222\nHost hop\n  ProxyCommand nc %h 22\n',
    runs: ['ProxyCommand nc %h 22'],
  },
  'jump hosts in a circle': { text: 'Host *\n  ProxyJump hop\n', runs: [] },
  'a command where the way is given': {
    isLed: true,
    text: 'Host *\n  ProxyCommand nc %h 22\n  KnownHostsCommand /bin/k\n',
    runs: ['KnownHostsCommand /bin/k'],
  },
  'a library for all': { text: 'PKCS11Provider /lib/p.so\n', runs: ['PKCS11Provider /lib/p.so'] },
  'a program that decides': { text: 'Match exec probe\n  User x\n', runs: [exec] },
  'a program that is asked before the name': {
    text: 'Match exec probe host other\n  User x\n',
    runs: [exec],
  },
  'a program that is not asked, as the name is another': {
    text: 'Match host other exec probe\n  User x\n',
    runs: [],
  },
  'what a program decides about': {
    text: 'Match exec probe\n  ProxyCommand one\nHost *\n  ProxyCommand two\n',
    runs: [exec, 'ProxyCommand one', 'ProxyCommand two'],
  },
  'a name that a program may have set': {
    text: 'Match exec probe\n  HostName inner\nMatch host inner\n  ProxyCommand one\n',
    runs: [exec, 'ProxyCommand one'],
  },
  'a login that a later line sets, with a second look': {
    text: 'Match user ada exec probe\n  Port 1\nHost *\n  User ada\nMatch final\n  Port 2\n',
    runs: [exec],
  },
  'another name from the DNS': {
    text: 'CanonicalizeHostname yes\nHost *.example.org\n  ProxyCommand one\n',
    runs: ['ProxyCommand one'],
  },
  'a file that only ssh finds': { text: 'Include conf.%h\n', runs: ['Include conf.%h'] },
  'what another host includes': { text: 'Host other\n  Include inner\n', runs: [] },
  'what it includes itself': { text: 'Host plain\n  Include inner\n', runs: ['ProxyCommand inner'] },
};

describe('what ssh could execute on its way to one host', () => {
  for (const [name, { text, runs, isLed = false }] of Object.entries(cases)) {
    it(name, () => {
      const files = statedFiles({ '/c/config': text, '/home/me/.ssh/inner': 'ProxyCommand inner\n' });
      const { statements, problems } = readConfig(inputFor('/c/config', files));
      assert.deepEqual(problems, []);
      assert.deepEqual(executedFor(statements, { name: 'plain', localUser: 'me', isLed }), runs);
    });
  }
});
