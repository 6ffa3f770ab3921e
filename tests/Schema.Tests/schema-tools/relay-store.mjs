// Reads records that share an id from Relay's store, configured as in docs/graphql.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import runtime from 'relay-runtime';
import typescript from 'typescript';

const { createOperationDescriptor, Environment, Network, Observable, RecordSource, Store } = runtime;
const documented = /getDataID: (.+),$/m.exec(readFileSync('../../../docs/graphql.md', 'utf8'))[1];
const [id, variables] = ['01980000-0000-7000-8000-000000000001', { org: 'o', slug: 's', id: 'i' }];
const data = {
  publicEvent: { __typename: 'PublicEvent', id, title: 'As everybody sees it' },
  event: { __typename: 'Event', id, title: 'As its organizer sees it', status: 'DRAFT' },
};

const environment = new Environment({
  network: Network.create(() => Observable.from({ data })),
  store: new Store(new RecordSource()),
  getDataID: new Function(`return ${documented}`)(),
});
const operation = createOperationDescriptor(await compiled('SharedIdsQuery'), variables);
environment.retain(operation);
await environment.execute({ operation }).toPromise();
const { event: { title, status }, publicEvent } = data;
assert.deepEqual(
  environment.lookup(operation.fragment).data,
  { publicEvent: { title: publicEvent.title }, event: { title, status } },
);
// Looks the record up by its id alone, as @deleteRecord and Query.node do.
assert.equal(environment.getStore().getSource().get(id)?.__typename, 'Event');

/** The TypeScript output of relay-compiler, without its types. */
async function compiled(name) {
  const { outputText } = typescript.transpileModule(
    readFileSync(`generated/relay/${name}.graphql.ts`, 'utf8'),
    { compilerOptions: { module: 'esnext', target: 'es2022' } },
  );
  return (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)).default;
}
