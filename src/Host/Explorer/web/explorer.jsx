import 'graphiql/style.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { getOperationAST } from 'graphql';
import { createClient } from 'graphql-sse';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { examples } from './examples.js';

const keyName = 'equaticket-key';
const folder = new URL('.', document.currentScript.src);

globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(new URL(`${['json', 'graphql'].includes(label) ? label : 'editor'}.worker.js`, folder)),
};

// The key is stored only as long as the tab is open.
function headers(given) {
  const key = sessionStorage.getItem(keyName);
  return {
    'graphql-require-preflight': '1',
    ...(key ? { authorization: `Bearer ${key}` } : {}),
    ...given,
  };
}

async function ask(request, given) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...headers(given),
    },
    body: JSON.stringify(request),
  });
  return answer.json();
}

// Errors that a retry can't fix, such as a missing key, are shown instead of retried.
async function shown(response) {
  if (![400, 401, 403].includes(response.status)) return response;
  return new Response(`event: next\ndata: ${await response.text()}\n\nevent: complete\ndata:\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

function follow(request, given) {
  let lastEventId;
  const client = createClient({
    url: '/graphql',
    headers: () => ({ ...headers(given), ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }),
    fetchFn: async (...call) => {
      const response = await fetch(...call);
      lastEventId ??= response.headers.get('last-event-id');
      return shown(response);
    },
    onMessage: ({ data }) => {
      lastEventId = data?.extensions?.lastEventId ?? lastEventId;
    },
  });
  return client.iterate(request);
}

function send(request, options) {
  const operation = options?.documentAST && getOperationAST(options.documentAST, request.operationName);
  return operation?.operation === 'subscription'
    ? follow(request, options.headers)
    : ask(request, options?.headers);
}

function KeyField() {
  const [key, setKey] = useState(sessionStorage.getItem(keyName) ?? '');
  const keep = (text) => {
    setKey(text);
    if (text.trim()) sessionStorage.setItem(keyName, text.trim());
    else sessionStorage.removeItem(keyName);
  };
  return (
    <label className="equaticket-key">
      API key
      <input
        type="password"
        value={key}
        onChange={({ target }) => keep(target.value)}
        placeholder="sk_test_…"
        autoComplete="off"
        spellCheck={false}
      />
    </label>
  );
}

const given = new URLSearchParams(location.search).get('query');

createRoot(document.getElementById('root')).render(
  <>
    <header className="equaticket-bar">
      <strong>Equaticket GraphQL</strong>
      <KeyField />
      <a href="/graphql/schema.graphql">schema.graphql</a>
      <a href="/docs">REST</a>
    </header>
    <GraphiQL
      fetcher={send}
      defaultTabs={given ? [{ query: given }] : examples}
      inputValueDeprecation
      schemaDescription
      shouldPersistHeaders={false}
    />
  </>,
);
