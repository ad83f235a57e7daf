import { describe, expect, it } from 'vitest';
import { secretInCommand } from '../../../../../policies/rules/container/secretInCommand.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { deploymentOf, problemsIn } from './containerFixtures.ts';

const holds = (place: string, name: string) => `${place} holds the value of "${name}": it must come from a Secret`;

describe('secret-in-command', () => {
  it.each([
    [['--password=correct-horse'], [holds('args[0]', 'password')]],
    [['-password=correct-horse'], [holds('args[0]', 'password')]],
    [['serve', '--api-key', 'correct-horse'], [holds('args[2]', 'api-key')]],
    [['-Dspring.datasource.password=correct-horse'], [holds('args[0]', 'Dspring.datasource.password')]],
    [['-c', 'mysql --password=correct-horse shop'], [holds('args[1]', 'password')]],
    [['-c', 'mysql --password correct-horse shop'], [holds('args[1]', 'password')]],
    [['-c', 'mysql --password "correct horse" shop'], [holds('args[1]', 'password')]],
    [['-c', 'export PGPASSWORD=correct-horse; psql'], [holds('args[1]', 'PGPASSWORD')]],
    [['-c', "cd /; (TOKEN='correct-horse' run)"], [holds('args[1]', 'TOKEN')]],
    [
      ['curl', 'https://shop:correct-horse@shop.example'],
      ['args[1] holds an address with a password: it must come from a Secret'],
    ],
    [['--use-token', '--password=correct-horse'], [holds('args[1]', 'password')]],
    [['--password=$(A)', '--token=correct-horse'], [holds('args[1]', 'token')]],
  ])('finds the credential in %j', (args, problems) => {
    expect(problemsIn(secretInCommand, { args })).toEqual(problems);
  });

  it.each([
    [['--password=$(DB_PASSWORD)']],
    [['--password', '$(DB_PASSWORD)']],
    [['--password=']],
    [['--password']],
    [['--password', '--verbose']],
    [['--password-file=/run/secrets/password']],
    [['--password-file', '/run/secrets/password']],
    [['--token', '/run/secrets/token']],
    [['--secret-name=shop', '--token-ttl=60s']],
    [['--allow-empty-password=yes', '--require-token', 'serve']],
    [['-c', 'mysql --password="$DB_PASSWORD" shop']],
    [['-c', 'export TOKEN=$(cat /run/secrets/token); run']],
    [['-c', 'export TOKEN=`cat /run/secrets/token`; run']],
    [['-c', 'run --use-token serve']],
    [['-c', 'run --token \\\n  "$TOKEN"']],
    [['-c', 'test -n "$PASSWORD" && run']],
    [['--mode=fast', 'shop']],
    [[5, null, {}]],
    ['--password=correct-horse'],
  ])('finds nothing in %j', (args) => {
    expect(problemsIn(secretInCommand, { args })).toEqual([]);
  });

  it('looks at commands, exec probes and hooks too', () => {
    const command = ['run', '--password=correct-horse'];
    const exec = { command };
    const container = {
      command,
      startupProbe: { exec },
      livenessProbe: { exec },
      readinessProbe: { exec },
      lifecycle: { postStart: { exec }, preStop: { exec } },
    };
    expect(problemsIn(secretInCommand, container)).toEqual(
      [
        'command[1]',
        'startupProbe.exec.command[1]',
        'livenessProbe.exec.command[1]',
        'readinessProbe.exec.command[1]',
        'lifecycle.postStart.exec.command[1]',
        'lifecycle.preStop.exec.command[1]',
      ].map((place) => holds(place, 'password')),
    );
  });

  it('takes the last word of a command for nothing to do with its arguments', () => {
    expect(problemsIn(secretInCommand, { command: ['run', '--password'], args: ['serve'] })).toEqual([]);
  });

  it('never shows what stands there', () => {
    const args = ['--password', 'correct-horse', '--token=correct-horse', 'amqp://shop:correct-horse@queue'];
    const problems = problemsOf(secretInCommand, [deploymentOf({ args })]);
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('correct-horse');
  });

  it('takes the names of a configuration instead of its own', () => {
    const args = ['--lozinka=tajna', '--password=correct-horse'];
    expect(problemsIn(secretInCommand, { args }, { namePattern: 'LOZINKA' })).toEqual([holds('args[0]', 'lozinka')]);
  });

  it('reads a long script in a time that does not grow faster than it', () => {
    const script = '--token '.repeat(50_000) + 'a=b '.repeat(50_000) + `${'x'.repeat(200_000)}=`;
    const start = performance.now();
    problemsIn(secretInCommand, { args: [script] });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
