// Asks the browser for a passkey, then submits the form that needs it. If passkeys are not supported, the form stays hidden.

const isSupported = typeof PublicKeyCredential === 'function'
  && typeof PublicKeyCredential.parseCreationOptionsFromJSON === 'function';

async function optionsOf(form) {
  const fields = new FormData(form);
  fields.set('_run', 'PasskeyOptions');
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields) });
  if (!answer.ok || answer.redirected) {
    throw new Error('There were too many attempts, or the page is out of date. Reload it.');
  }
  return answer.json();
}

async function ask(form) {
  const options = await optionsOf(form);
  return form.dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of isSupported ? document.querySelectorAll('form[data-passkey]') : []) {
  const said = document.createElement('p');
  said.className = 'fault';
  said.setAttribute('role', 'alert');
  form.append(said);
  form.hidden = false;
  for (const note of document.querySelectorAll('.no-passkeys')) {
    note.hidden = true;
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      said.textContent = error.name === 'NotAllowedError'
        ? 'The passkey was not used. Try again.'
        : error.name === 'InvalidStateError' ? 'This device already has a passkey for your account.' : error.message;
    }
  });
}
