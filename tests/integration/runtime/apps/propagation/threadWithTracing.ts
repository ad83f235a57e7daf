// The same for a thread whose options leave out the register entry.
import { createTracing } from '@tracewright/runtime';

createTracing({ serviceName: 'thread' });
await import('./thread.ts');
