import { describe, expect, it } from 'vitest';
import { secretDataInConfigMap } from '../../../../../policies/rules/workload/secretDataInConfigMap.ts';
import { problemsOf } from '../../../../support/problemsOf.ts';
import { declared, saidOf, unknownText } from '../../support/declared.ts';

const said = (data: unknown, kind = 'ConfigMap') => saidOf(secretDataInConfigMap, declared('v1', kind, { data }));
const key = '-----BEGIN PRIVATE KEY-----';

describe('secret-data-in-config-map', () => {
  it.each([
    ['DB_PASSWORD', 'hunter2', 'is a credential by its name, and has a literal value'],
    ['api-key', '12345', 'is a credential by its name, and has a literal value'],
    ['tls.pem', `${key}\nabc`, 'holds a private key'],
    ['url', 'postgres://shop:hunter2@db/shop', 'holds an address with a password'],
    ['app.properties', 'db.user=shop\ndb.password=hunter2\n', 'sets a credential to a literal value in line 2'],
    ['app.yaml', 'db:\n  user: shop\n  password: "hunter2"\n', 'sets a credential to a literal value in line 3'],
    ['app.json', '{\n"password": "hunter2",\n"user": "shop" }', 'sets a credential to a literal value in line 2'],
    ['env.sh', 'export API_TOKEN=hunter2;', 'sets a credential to a literal value in line 1'],
  ])('refuses %s: %j', (name, value, state) => {
    expect(said({ [name]: value })).toEqual([`data["${name}"] ${state}: it must stand in a Secret`]);
  });

  it.each([
    ['DB_PASSWORD', ''],
    ['DB_PASSWORD', '$(DB_PASSWORD)'],
    ['DB_PASSWORD_FILE', 'db'],
    ['LOG_LEVEL', 'info'],
    ['app.properties', 'db.password=${DB_PASSWORD}\npassword.file=/run/a\n# password=hunter2\n'],
    ['app.yaml', 'password:\nsecretName: db\ntoken: "{{ token }}"\n'],
    ['app.json', '{ "a": 1,\n"password": "",\n"b": 2 }'],
    ['app.py', 'token = read_token(path)\npassword = os.environ["PASSWORD"] or sys.exit(1)\n'],
    ['notes.md', 'password: ask the team for it\n'],
    ['DB_PASSWORD', 7],
  ])('takes %s: %j', (name, value) => {
    expect(said({ [name]: value })).toEqual([]);
  });

  it('never shows a value', () => {
    const data = { DB_PASSWORD: 'hunter2', 'app.yaml': 'password: hunter2', url: 'redis://:hunter2@redis' };
    const sentences = problemsOf(secretDataInConfigMap, [declared('v1', 'ConfigMap', { data })]);
    expect(sentences).toHaveLength(3);
    expect(sentences.join('\n')).not.toContain('hunter2');
  });

  it('says nothing of Secrets, nor of a ConfigMap without data', () => {
    expect(said({ DB_PASSWORD: 'hunter2' }, 'Secret')).toEqual([]);
    expect([undefined, null, [], 'data'].flatMap((data) => said(data))).toEqual([]);
  });

  it('could not run where a preview does not know a value', () => {
    expect(said({ url: unknownText })).toEqual([expect.stringMatching(/^unknown: data\.url is known only after/)]);
  });
});
