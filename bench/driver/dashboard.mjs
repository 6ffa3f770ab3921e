// Signs in to the dashboard, like a browser without JavaScript.
export const EMAIL = 'bench@example.com';
export const PASSWORD = 'bench-password';

/** @returns the session's cookie, as a request sends it */
export async function signIn(server) {
  const address = `http://127.0.0.1:${server.port}/dashboard/sign-in`;
  const page = await fetch(address);
  const form = new URLSearchParams({ email: EMAIL, password: PASSWORD });
  const shown = (await page.text()).split('<form').find((text) => text.includes('value="SignIn"'));
  for (const [input] of shown.matchAll(/<input[^>]*type="hidden"[^>]*>/g))
    form.set(/name="([^"]*)"/.exec(input)[1], /value="([^"]*)"/.exec(input)[1]);
  const cookies = (answer) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const answer = await fetch(address, {
    method: 'POST',
    body: form,
    headers: { Cookie: cookies(page).join('; ') },
    redirect: 'manual',
  });
  const session = cookies(answer).find((cookie) => cookie.startsWith('equaticket_session='));
  if (!session) throw new Error(`${EMAIL} can't sign in: ${answer.status} ${await answer.text()}`);
  return session;
}
