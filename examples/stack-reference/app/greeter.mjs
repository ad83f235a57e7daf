import { createServer } from 'node:http';

// Knows nothing of tracing: the runtime is loaded before it and is configured by the environment.
const server = createServer((request, response) => {
  response.setHeader('content-type', 'text/plain').end('hello\n');
});
server.listen(Number(process.env.PORT));
process.on('SIGTERM', () => server.close());
