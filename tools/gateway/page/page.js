// The trace page for a query image without the Jaeger UI: newest traces of a service, and one trace as a waterfall.
// Everything shown comes from the query API and is written as text, never as markup.
const content = document.querySelector('#content');
// Where the query service serves under a path, so does this page.
const { basePath } = await (await fetch('/.tracewright/identity')).json();
document.querySelector('.home').href = `${basePath}/search`;
const colours = ['#3b6fd4', '#c2571a', '#2e8b57', '#8e44ad', '#b8860b', '#c0392b', '#16858c', '#6b6f76'];

const element = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};
const milliseconds = (micros) => `${(micros / 1000).toFixed(micros < 10_000 ? 2 : 1)} ms`;
const tagsOf = (span) => span.tags.map(({ key, value }) => [key, String(value)]);
const hasFailed = (span) =>
  span.tags.some(
    ({ key, value }) =>
      (key === 'error' && String(value) === 'true') || (key === 'otel.status_code' && value === 'ERROR'),
  );

async function query(path) {
  const answer = await fetch(basePath + path, { headers: { accept: 'application/json' } });
  const body = await answer.json().catch(() => undefined);
  const reason = body?.errors?.[0]?.msg;
  if (!answer.ok || reason) throw new Error(reason ?? `the query API answered ${answer.status}`);
  return body.data ?? [];
}

/** The spans in the order of a waterfall: each below its parent, siblings by start time. */
function inOrder(spans) {
  const ids = new Set(spans.map(({ spanID }) => spanID));
  const parentOf = (span) =>
    span.references.find(({ refType, spanID }) => refType === 'CHILD_OF' && ids.has(spanID))?.spanID;
  const children = Map.groupBy(
    [...spans].sort((a, b) => a.startTime - b.startTime),
    parentOf,
  );
  const rows = [];
  const walk = (parent, depth) => {
    for (const span of children.get(parent) ?? []) {
      rows.push({ span, depth });
      walk(span.spanID, depth + 1);
    }
  };
  walk(undefined, 0);
  return rows;
}

function bar(span, start, duration, colour) {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  svg.setAttribute('class', 'track');
  svg.setAttribute('preserveAspectRatio', 'none');
  const rectangle = document.createElementNS(ns, 'rect');
  const percent = (micros) => `${((100 * micros) / Math.max(duration, 1)).toFixed(3)}%`;
  const attributes = {
    x: percent(span.startTime - start),
    y: '20%',
    width: percent(Math.max(span.duration, duration / 400)),
    height: '60%',
    rx: '2',
    fill: colour,
  };
  for (const [name, value] of Object.entries(attributes)) rectangle.setAttribute(name, value);
  svg.append(rectangle);
  return svg;
}

function spanRow({ span, depth }, trace, start, duration, colour) {
  const process = trace.processes[span.processID];
  const name = element(
    'span',
    { className: `name${hasFailed(span) ? ' error' : ''}` },
    '\u00a0'.repeat(depth * 3),
    element('b', {}, process.serviceName),
    ` ${span.operationName}`,
  );
  name.title = `${process.serviceName} ${span.operationName}`;
  const time = element('span', { className: 'time' }, milliseconds(span.duration));
  const facts = [
    ['span ID', span.spanID],
    ['starts after', milliseconds(span.startTime - start)],
    ...tagsOf(span),
    ...process.tags.map(({ key, value }) => [`process: ${key}`, String(value)]),
  ];
  const events = span.logs.map(({ timestamp, fields }) => [
    `event at ${milliseconds(timestamp - start)}`,
    fields.map(({ key, value }) => `${key}=${value}`).join('  '),
  ]);
  return element(
    'details',
    { className: 'span' },
    element('summary', {}, name, bar(span, start, duration, colour), time),
    table(['', ''], [...facts, ...events]),
  );
}

function table(heads, rows) {
  const cells = (tag, values) => element('tr', {}, ...values.map((value) => element(tag, {}, value)));
  return element(
    'table',
    {},
    ...(heads.some(Boolean) ? [cells('th', heads)] : []),
    ...rows.map((row) => cells('td', row)),
  );
}

async function showTrace(id) {
  const [trace] = await query(`/api/traces/${encodeURIComponent(id)}`);
  if (!trace) throw new Error('there is no trace of this ID');
  const start = Math.min(...trace.spans.map(({ startTime }) => startTime));
  const duration = Math.max(...trace.spans.map((span) => span.startTime + span.duration)) - start;
  const services = [...new Set(trace.spans.map(({ processID }) => trace.processes[processID].serviceName))];
  const colour = (span) => colours[services.indexOf(trace.processes[span.processID].serviceName) % colours.length];
  document.title = `Trace ${id}`;
  content.replaceChildren(
    element('h1', {}, 'Trace ', element('code', {}, id)),
    element(
      'p',
      { className: 'muted' },
      `${trace.spans.length} spans · ${services.length} services (${services.join(', ')}) · ${milliseconds(duration)} · started ${new Date(start / 1000).toISOString()}`,
    ),
    ...inOrder(trace.spans).map((row) => spanRow(row, trace, start, duration, colour(row.span))),
    element('p', {}, element('a', { href: `${basePath}/api/traces/${encodeURIComponent(id)}` }, 'This trace as JSON')),
  );
}

function traceLine(trace) {
  const [{ span: root }] = inOrder(trace.spans);
  return [
    element('a', { href: `${basePath}/trace/${trace.traceID}` }, element('code', {}, trace.traceID)),
    `${trace.processes[root.processID].serviceName} ${root.operationName}`,
    String(trace.spans.length),
    milliseconds(root.duration),
    new Date(root.startTime / 1000).toISOString(),
  ];
}

async function showNewest(service) {
  const traces = await query(`/api/traces?service=${encodeURIComponent(service)}&limit=20&lookback=1h`);
  const startOf = (trace) => Math.min(...trace.spans.map(({ startTime }) => startTime));
  const newest = traces.sort((a, b) => startOf(b) - startOf(a));
  content.replaceChildren(
    element('h1', {}, `Newest traces of ${service}`),
    newest.length === 0
      ? element('p', {}, 'None in the last hour.')
      : table(['trace', 'root span', 'spans', 'duration', 'started'], newest.map(traceLine)),
  );
}

async function show() {
  const services = (await query('/api/services')).sort();
  document.querySelector('#service').replaceChildren(...services.map((name) => element('option', {}, name)));
  const wanted = /^\/trace\/([^/]+)/.exec(location.pathname.slice(basePath.length))?.[1];
  if (wanted) return showTrace(decodeURIComponent(wanted));
  const service =
    new URLSearchParams(location.search).get('service') ??
    services.find((name) => name !== 'jaeger-query') ??
    services[0];
  if (service === undefined) return content.replaceChildren(element('p', {}, 'No service has sent a span yet.'));
  document.querySelector('#service').value = service;
  return showNewest(service);
}

document.querySelector('#find').addEventListener('submit', (event) => {
  event.preventDefault();
  location.assign(`${basePath}/search?service=${encodeURIComponent(document.querySelector('#service').value)}`);
});
document.querySelector('#open').addEventListener('submit', (event) => {
  event.preventDefault();
  location.assign(`${basePath}/trace/${encodeURIComponent(document.querySelector('#trace-id').value.trim())}`);
});
show().catch((error) => content.replaceChildren(element('p', { className: 'error' }, error.message)));
