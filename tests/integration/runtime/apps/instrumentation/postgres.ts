// Does with PostgreSQL what applications do, each scenario under a span of its own.
import pg from 'pg';
import { failing, scenario } from './scenario.ts';

const pool = new pg.Pool({ max: 1, connectionTimeoutMillis: 500 });
pool.on('error', () => undefined);

const client = new pg.Client();

await scenario('client', async () => {
  await client.connect();
  await client.query('CREATE TEMPORARY TABLE users (id int PRIMARY KEY, email text UNIQUE, age int CHECK (age > 0))');
  await client.query({ name: 'add-user', text: 'INSERT INTO users VALUES ($1, $2, 7)', values: [1, 'canary@example'] });
  await client.query({
    name: 'add-user',
    text: 'INSERT INTO users VALUES ($1, $2, 7)',
    values: [2, 'canary2@example'],
  });
  await client.query("SELECT\n'canary', E'it\\'s canary', $$canary$$, 4711 /* canary */ FROM users -- canary");
  await new Promise((resolve) => {
    client.query('SELECT email FROM users WHERE id = $1', [1], resolve);
  });
});

await scenario('errors', async () => {
  await failing(client.query("INSERT INTO users VALUES (1, 'canary')"));
  await failing(client.query("INSERT INTO users VALUES (3, 'canary', -4711)"));
  await failing(client.query("SELECT 'canary'::int"));
  await failing(client.query("SELEC 'canary'"));
  await failing(client.query(`DO $$ BEGIN RAISE EXCEPTION 'the canary sings'; END $$`));
  await client.query('SET statement_timeout = 50');
  await failing(client.query('SELECT pg_sleep(5)'));
});
await client.end();

await scenario('transaction', async () => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('CREATE TEMPORARY TABLE stock (sku text, amount int)');
    await client.query('INSERT INTO stock VALUES ($1, $2)', ['canary', 4711]);
    await client.query('ROLLBACK');
    await client.query('BEGIN');
    await client.query('COMMIT');
  } finally {
    client.release();
  }
});

await scenario('waiting for a pool', () => Promise.all([pool.query('SELECT 1'), pool.query('SELECT 2')]));

await scenario('an exhausted pool', async () => {
  const client = await pool.connect();
  try {
    await pool.query('SELECT 3');
  } finally {
    client.release();
  }
});

await scenario('a connection that is cut', async () => {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_terminate_backend(pg_backend_pid())');
  } finally {
    client.release(true);
  }
});

await scenario('nobody there', async () => {
  const client = new pg.Client({ connectionString: 'postgres://shop:canary@127.0.0.1:1/shop' });
  await client.connect();
});

await scenario('a wrong password', async () => {
  const client = new pg.Client({ password: 'canary' });
  await client.connect();
});

await pool.end();
