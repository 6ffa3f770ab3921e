// Adds what pages for buyers can't do without scripts: Stripe's form, payment updates, and a print button.

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Shows Stripe's payment form, and submits the payment. */
async function takePayment(form) {
  const said = form.querySelector('[role=alert]');
  const button = form.querySelector('button');
  form.hidden = false;
  document.querySelector('#loading').hidden = true;
  if (typeof Stripe !== 'function') {
    said.textContent = 'Stripe did not load. Check your connection, and reload this page.';
    button.disabled = true;
    return;
  }
  const { stripe: key, account: stripeAccount, secret: clientSecret, order } = form.dataset;
  const target = new URL(order, location.href).href;
  const stripe = Stripe(key, { stripeAccount });
  const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe';
  const elements = stripe.elements({ clientSecret, appearance: { theme } });
  elements.create('payment').mount(form.querySelector('.payment'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = '';
    try {
      const { error } = await stripe.confirmPayment({
        elements, confirmParams: { return_url: target }, redirect: 'if_required',
      });
      if (!error) {
        location.assign(target);
        return;
      }
      said.textContent = error.message;
    } catch {
      said.textContent = 'The payment could not be sent. Check your connection, and try again.';
    }
    button.disabled = false;
  });
}

/** Reloads the page once the order is no longer waiting for its payment. Polls at increasing intervals. */
async function awaitPayment() {
  for (let wait = 2000; document.querySelector('[data-pending]'); wait = Math.min(wait * 1.5, 30_000)) {
    await pause(wait);
    const answer = await fetch(location.href).catch(() => null);
    if (answer?.ok && !(await answer.text()).includes('data-pending')) {
      location.reload();
      return;
    }
  }
}

for (const form of document.querySelectorAll('form[data-stripe]')) {
  takePayment(form);
}

if (document.querySelector('.ticket')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Print';
  button.addEventListener('click', () => print());
  document.querySelector('.actions')?.append(button);
}

awaitPayment();
