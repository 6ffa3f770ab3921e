// Checks tickets in without reloading the page, and scans QR codes with the camera if the browser supports it.

const main = document.querySelector('main');
const form = document.getElementById('check-in');
const code = document.getElementById('code');
const answer = document.getElementById('answer');
const camera = document.getElementById('camera');
const parser = new DOMParser();

let isBusy = false;

async function send(sent, fields) {
  isBusy = true;
  try {
    const response = await fetch(sent.action, { method: 'POST', body: new URLSearchParams(fields) });
    const type = response.headers.get('Content-Type') ?? '';
    if (response.redirected || !type.startsWith('text/html')) {
      location.assign(response.redirected ? response.url : location.href);
      return;
    }
    show(parser.parseFromString(await response.text(), 'text/html'));
  } catch {
    say('No connection', 'The ticket was not checked in. Try again.');
  } finally {
    isBusy = false;
    // While the camera scans, focusing the field would open the keyboard on a phone.
    if (camera.querySelector('video').hidden) {
      code.select();
      code.focus();
    }
  }
}

function show(page) {
  const fresh = page.getElementById('check-in');
  if (!fresh) {
    say('Something went wrong', page.querySelector('main')?.innerText.trim() ?? 'Reload the page.');
    return;
  }
  const fault = page.querySelector('main > .summary');
  if (fault) {
    say('Something went wrong', fault.querySelector('p').textContent);
  } else {
    answer.replaceChildren(...page.getElementById('answer').children);
    document.getElementById('counts').replaceChildren(...page.getElementById('counts').children);
    code.value = '';
  }
  for (const field of form.querySelectorAll('input[type=hidden]')) {
    field.value = fresh.elements[field.name].value;
  }
}

function say(word, detail) {
  const box = document.createElement('div');
  const [first, second] = [document.createElement('p'), document.createElement('p')];
  box.className = 'answer bad';
  first.append(Object.assign(document.createElement('strong'), { textContent: word }));
  second.textContent = detail;
  box.append(first, second);
  answer.replaceChildren(box);
}

function checkIn(text) {
  const fields = new FormData(form);
  fields.set('code', text);
  return send(form, fields);
}

main.addEventListener('submit', (event) => {
  if (event.target === form) {
    event.preventDefault();
    if (!isBusy) {
      checkIn(code.value.trim());
    }
  } else if (answer.contains(event.target)) {
    event.preventDefault();
    send(event.target, new FormData(event.target));
  }
});

// The camera

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function scan(video, stream) {
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  let last = { text: '', at: 0 };
  while (stream.active) {
    await pause(150);
    const found = isBusy || document.hidden ? [] : await detector.detect(video).catch(() => []);
    const text = found[0]?.rawValue.trim();
    if (!text) {
      continue;
    }
    const isSame = text === last.text && Date.now() - last.at < 3000;
    last = { text, at: Date.now() };
    if (!isSame) {
      await checkIn(text);
    }
  }
}

if ('BarcodeDetector' in window && navigator.mediaDevices) {
  const [button, video, fault] = ['button', 'video', '.fault'].map((name) => camera.querySelector(name));
  let stream = null;
  camera.hidden = false;
  button.addEventListener('click', async () => {
    fault.textContent = '';
    if (stream) {
      stream.getTracks().forEach((track) => track.stop());
      stream = null;
    } else {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
        video.srcObject = stream;
        await video.play();
        scan(video, stream);
      } catch {
        stream = null;
        fault.textContent = "The camera can't be used. Allow access in your browser, or enter the code.";
      }
    }
    video.hidden = !stream;
    button.textContent = stream ? 'Stop the camera' : 'Scan with the camera';
  });
}
