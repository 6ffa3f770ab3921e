// Keeps a list up to date: the server reports when there are new rows, and the page reloads the list.

const tail = document.getElementById('tail');
const rows = document.getElementById('requests');

async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok || response.redirected) {
    return;
  }
  const open = new Set([...rows.querySelectorAll('details[open] dd a')].map((link) => link.href));
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('requests');
  for (const link of fresh.querySelectorAll('details dd a')) {
    if (open.has(link.href)) {
      link.closest('details').open = true;
    }
  }
  rows.replaceChildren(...fresh.children);
}

if (tail && rows) {
  const [button, said] = [tail.querySelector('button'), tail.querySelector('span')];
  let source = null;

  const stop = (text) => {
    source?.close();
    source = null;
    said.textContent = text;
    button.textContent = 'Follow live';
  };

  const follow = () => {
    const address = new URL(location.href);
    address.searchParams.set('tail', '1');
    source = new EventSource(address);
    source.addEventListener('newer', refresh);
    source.addEventListener('end', () => stop('Ended.'));
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) {
        stop('Ended. Reload the page.');
      }
    });
    said.textContent = 'Following.';
    button.textContent = 'Pause';
    refresh();
  };

  button.addEventListener('click', () => (source ? stop('Paused.') : follow()));
  tail.hidden = false;
}
