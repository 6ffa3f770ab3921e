// Adds what a page without scripts can't do: copying, and times in the reader's time zone.

for (const box of document.querySelectorAll('.copy')) {
  const source = box.querySelector('code');
  const button = document.createElement('button');
  const said = document.createElement('span');
  button.type = 'button';
  button.textContent = 'Copy';
  said.className = 'small';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
      said.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(source);
      said.textContent = 'Press Ctrl+C to copy';
    }
  });
  box.append(button, said);
}

for (const time of document.querySelectorAll('time[datetime]')) {
  time.title = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
}
