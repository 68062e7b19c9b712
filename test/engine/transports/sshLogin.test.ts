import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { refused, withServer } from './refused.ts';
import { connect, opened, optionsFor, sshTransport } from './session.ts';
import { newKey, type SshServerScript } from './sshServer.ts';

describe('ssh: logging in', function () {
  it('says what was tried when a key is refused', async () => {
    await withServer({ login: (each) => each.reject(['publickey', 'password']) }, async (server) => {
      const options = optionsFor(server, { user: 'deploy', auth: ['agent', 'key', 'password'] });
      const { what, message } = refused(await connect(sshTransport(), options));
      assert.equal(what, 'unreachable auth');
      assert.match(
        message,
        /^login as deploy refused; tried ED25519 key .*; the node accepts publickey, password/,
      );
      assert.match(message, /no agent is running/);
      assert.match(message, /nobody can be asked for a password/);
      assert.ok(!server.attempts.includes('none'));
    });
  });

  it('signs at once where that costs nothing, which saves a round trip, and asks first with RSA', async () => {
    const signed: boolean[] = [];
    const login: SshServerScript['login'] = (attempt) => {
      if (attempt.method === 'publickey') signed.push(attempt.signature !== undefined);
      attempt.accept();
    };
    await withServer({ login }, async (server) => {
      const rsa = join(server.folder, 'id_rsa');
      writeFileSync(rsa, ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).private, { mode: 0o600 });
      for (const identityFiles of [[server.identityFile], [rsa]]) {
        const options = optionsFor(server, { auth: ['key'], identityFiles });
        const session = await opened(sshTransport(), options);
        await session[Symbol.asyncDispose]();
      }
      assert.deepEqual(signed, [true, false, true]);
    });
  });

  it('tries the next key where a signed one is refused', async () => {
    const login: SshServerScript['login'] = (attempt) => {
      const isWanted = attempt.method === 'publickey' && attempt.key.algo.startsWith('ecdsa');
      if (isWanted) attempt.accept();
      else attempt.reject(['publickey']);
    };
    await withServer({ login }, async (server) => {
      const other = join(server.folder, 'id_ecdsa');
      writeFileSync(other, newKey('ecdsa'), { mode: 0o600 });
      const identityFiles = [server.identityFile, other];
      const session = await opened(sshTransport(), optionsFor(server, { auth: ['key'], identityFiles }));
      assert.deepEqual(server.attempts, ['publickey', 'publickey']);
      await session[Symbol.asyncDispose]();
    });
  });

  it('gives the same password to a node that only asks questions', async () => {
    const labels: string[] = [];
    const login: SshServerScript['login'] = (attempt) => {
      if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
      attempt.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) =>
        answer === 'open sesame' ? attempt.accept() : attempt.reject(),
      );
    };
    await withServer({ login }, async (server) => {
      const askSecret = async (label: string): Promise<string> => (labels.push(label), 'open sesame');
      const options = optionsFor(server, { user: 'deploy', auth: ['password'] });
      const session = await opened(sshTransport(), options, { askSecret });
      assert.deepEqual(
        [session.info.auth, labels],
        ['keyboard-interactive', ['password for deploy@127.0.0.1']],
      );
      await session[Symbol.asyncDispose]();
    });
  });

  it('answers a second factor with several questions, each by itself (R-A5)', async () => {
    const labels: string[] = [];
    const seen: string[][] = [];
    const isPassed = { key: false };
    const login: SshServerScript['login'] = (attempt) => {
      if (attempt.method === 'publickey' && !isPassed.key) {
        if (!attempt.signature) return attempt.accept();
        isPassed.key = true;
        return attempt.reject(['keyboard-interactive'], true);
      }
      if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
      const questions = [
        { prompt: 'Password: ', echo: false },
        { prompt: 'Verification code:', echo: true },
      ];
      attempt.prompt(questions, (answers) => {
        seen.push(answers);
        attempt.accept();
      });
    };
    await withServer({ login }, async (server) => {
      const askSecret = (label: string): Promise<string> => {
        labels.push(label);
        return new Promise((resolve) => setTimeout(resolve, 1500, `answer ${labels.length}`));
      };
      const options = optionsFor(server, { user: 'deploy', auth: ['key'] });
      const session = await opened(sshTransport(), options, { askSecret, timeoutMs: 2500 });
      assert.equal(session.info.auth, 'keyboard-interactive');
      assert.deepEqual(labels, ['password for deploy@127.0.0.1', 'Verification code for deploy@127.0.0.1']);
      assert.deepEqual(seen, [['answer 1', 'answer 2']]);
      await session[Symbol.asyncDispose]();
    });
  });

  it('does not send a refused password twice', async () => {
    const login: SshServerScript['login'] = (each) => each.reject(['password', 'keyboard-interactive']);
    await withServer({ login }, async (server) => {
      const options = optionsFor(server, { auth: ['password'] });
      const { what } = refused(await connect(sshTransport(), options, { askSecret: async () => 'wrong' }));
      assert.deepEqual([what, server.attempts], ['unreachable auth', ['password']]);
    });
  });

  it('asks again for a password or an answer that was wrong, three times in all', async () => {
    for (const method of ['password', 'keyboard-interactive'] as const) {
      const seen: string[] = [];
      const login: SshServerScript['login'] = (attempt) => {
        const judge = (given: string): void => {
          if (given !== '') seen.push(given);
          if (given === 'third') attempt.accept();
          else attempt.reject([method]);
        };
        if (attempt.method !== method) return attempt.reject([method]);
        if (attempt.method === 'password') return judge(attempt.password);
        if (attempt.method !== 'keyboard-interactive') return;
        attempt.prompt([{ prompt: 'Password: ', echo: false }], ([answer = '']) => judge(answer));
      };
      await withServer({ login }, async (server) => {
        const answers = ['first', 'second', 'third', 'x', 'y', 'z', 'same', 'same', 'late'];
        const askSecret = async (): Promise<string | undefined> => answers.shift();
        const options = optionsFor(server, { auth: ['password'] });
        const session = await opened(sshTransport(), options, { askSecret });
        assert.equal(session.info.auth, method);
        await session[Symbol.asyncDispose]();
        const never = refused(await connect(sshTransport(), options, { askSecret }));
        const same = refused(await connect(sshTransport(), options, { askSecret }));
        assert.deepEqual([never.what, same.what], ['unreachable auth', 'unreachable auth']);
        assert.deepEqual(seen, ['first', 'second', 'third', 'x', 'y', 'z', 'same']);
        assert.deepEqual(answers, ['late'], 'a password that was refused is not sent again');
      });
    }
  });

  it('holds the deadline while a person is asked', async () => {
    await withServer({}, async (server) => {
      const askSecret = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 2500, 'secret'));
      const options = optionsFor(server, { auth: ['password'] });
      const session = await opened(sshTransport(), options, { askSecret, timeoutMs: 2000 });
      await session[Symbol.asyncDispose]();
    });
  });
});
