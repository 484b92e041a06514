// Portdesk's script. Every page works without it; it saves a reload, a click or a lost minute.
'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const later = (wait, work) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(work, wait); }; };
  const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
  const clock = () => new Date().toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });

  // Tells people who cannot see the page; a text said twice is said twice.
  const say = (text) => {
    const region = one('#say');
    if (!region || !text) return;
    region.textContent = '';
    setTimeout(() => { region.textContent = text; }, 60);
  };

  // The fields of a form without secrets, files and its one-use token, as the background posts send them.
  const fields = (form, action) => {
    const data = new FormData(form);
    for (const input of all('[data-secret][name]', form)) data.delete(input.name);
    for (const input of all('[type=file][name]', form)) data.delete(input.name);
    data.delete('token');
    data.set('do', action);
    return data;
  };
  const post = (form, data, more = {}) => {
    const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data);
    return fetch(form.action, { method: 'POST', body, credentials: 'same-origin', headers: { 'X-Background': String(data.get('do')) }, ...more });
  };
  const page = async (answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return parse(await answer.text());
  };
  // A saved draft has a new version; the form goes on from there.
  const renew = (form, from) => {
    const [here, there] = [form, from].map((within) => one('input[type=hidden][name=version]', within));
    if (here && there) here.value = there.value;
  };
  // Takes over the part of a fetched page that has this id.
  const take = (id, from) => {
    const [here, there] = [document.getElementById(id), from.getElementById(id)];
    if (here && there) here.replaceChildren(...document.importNode(there, true).childNodes);
    start(here);
    return Boolean(here && there);
  };
  const takeFiles = (from) => all('[data-files]').every((list) => take(list.id, from));
  const start = (within) => {
    if (within) for (const button of all('[data-copy]', within)) button.hidden = false;
  };

  // Copy buttons
  const copy = async (button) => {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = document.createElement('textarea');
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand('copy');
      box.remove();
      button.focus();
    }
    const label = [...button.childNodes];
    button.textContent = 'Copied';
    say(`${text} copied`);
    setTimeout(() => button.replaceChildren(...label), 2000);
  };

  // Double submits
  const restore = new Map();
  const release = () => {
    for (const [form, undo] of restore) { delete form.dataset.sent; undo(); }
    restore.clear();
  };
  const guard = (event) => {
    const form = event.target;
    if (form.method !== 'post' || 'again' in form.dataset || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    const button = event.submitter;
    const turned = turns.get(form);
    if (turned) {
      // A save on its way makes a new version, which the form has to carry, or it would look like another tab's.
      event.preventDefault();
      Promise.race([turned, new Promise((done) => { setTimeout(done, 5000); })]).then(() => {
        turns.delete(form);
        delete form.dataset.sent;
        form.requestSubmit(button);
      });
      return;
    }
    const label = button ? [...button.childNodes] : [];
    const quiet = !button || button.classList.contains('vh');
    restore.set(form, () => {
      if (quiet) return;
      button.removeAttribute('aria-disabled');
      button.replaceChildren(...label);
    });
    if (!quiet) {
      button.setAttribute('aria-disabled', 'true');
      if (button.classList.contains('btn')) button.textContent = 'Sending…';
    }
    setTimeout(release, 20000);
  };

  // Posts of one form go one after another: each sends the version that the one before has made.
  const turns = new WeakMap();
  const turn = (form, work) => {
    const done = (turns.get(form) || Promise.resolve()).then(work).catch(() => {});
    turns.set(form, done);
    done.then(() => { if (turns.get(form) === done) turns.delete(form); });
  };

  // Saving in the background
  const saving = (form) => {
    const status = one('[data-saved]', form) || one('[data-saved]');
    let [typed, kept, failed, wait, retry] = [0, 0, false, 4000, 0];
    const tell = (text) => { if (status && status.textContent !== text) status.textContent = text; };
    const secret = () => all('[data-secret][name]', form).some((input) => input.value !== input.defaultValue);
    // What was just typed is sent while the page goes, if it is short enough; the rest would be lost.
    const stay = (event) => {
      const risk = failed || 60000 < new URLSearchParams(fields(form, 'save')).toString().length;
      if (!form.dataset.sent && (secret() || (kept < typed && risk))) event.preventDefault();
    };
    const save = async (more) => {
      if (kept === typed || form.dataset.sent) return;
      const upTo = typed;
      try {
        renew(form, await page(await post(form, fields(form, 'save'), more)));
        [kept, failed, wait] = [upTo, false, 4000];
        tell(kept < typed ? 'Not saved yet' : `Saved ${clock()}${secret() ? '. PINs are saved when you continue' : ''}`);
        if (kept === typed && !secret()) removeEventListener('beforeunload', stay);
      } catch (error) {
        failed = true;
        const refused = /^4(?!29)/.test(error.message);
        tell(refused ? 'Not saved. Save and continue to see why' : 'Not saved. Check your connection');
        clearTimeout(retry);
        if (!refused) retry = setTimeout(again, wait);
        wait = Math.min(2 * wait, 60000);
      }
    };
    const again = () => turn(form, () => save());
    const soon = later(2000, again);
    form.addEventListener('input', (event) => {
      if (!event.target.name || event.target.type === 'file') return;
      addEventListener('beforeunload', stay);
      if (event.target.matches('[data-secret]')) return;
      typed += 1;
      if (!failed) tell('Not saved yet');
      soon();
    });
    addEventListener('pagehide', () => save({ keepalive: true }));
    addEventListener('online', again);
  };

  // What was read from pasted numbers
  const echoing = (echo) => {
    const form = echo.closest('form');
    if (!form) return;
    const names = echo.dataset.echo.split(/\s+/);
    let asked = false;
    const ask = async () => {
      asked = false;
      if (form.dataset.sent) return;
      try {
        const answer = await page(await post(form, fields(form, 'check')));
        renew(form, answer);
        if (echo.contains(document.activeElement)) return;
        if (take(echo.id, answer)) say(one('[data-say]', echo)?.textContent.trim());
      } catch { /* the next keystroke or the button asks again */ }
    };
    const check = later(400, () => {
      if (!asked) turn(form, ask);
      asked = true;
    });
    form.addEventListener('input', (event) => {
      const listed = (name) => (name.endsWith('*') ? event.target.name.startsWith(name.slice(0, -1)) : event.target.name === name);
      if (event.target.name && !event.target.matches('[data-secret]') && names.some(listed)) check();
    });
  };

  // Uploads, one file after another
  const uploading = (input) => {
    const form = input.form;
    const rows = document.createElement('ul');
    rows.className = 'files';
    (input.closest('.field') || input).after(rows);
    for (const button of all('[data-upload-button]', form)) button.closest('.actions').hidden = true;
    const queue = [];
    let busy = false;

    const name = (button, does, file) => {
      button.textContent = does;
      button.setAttribute('aria-label', `${does} ${file.name}`);
    };
    const row = (file) => {
      const item = document.createElement('li');
      item.className = 'file';
      const make = (tag, name = '', text = '') => {
        const made = document.createElement(tag);
        made.className = name;
        made.textContent = text;
        item.append(made);
        return made;
      };
      make('span', 'name', file.name);
      const state = make('span', 'meta', 'Waiting');
      const cancel = make('button', 'link danger');
      cancel.type = 'button';
      name(cancel, 'Cancel', file);
      const bar = Object.assign(make('progress'), { max: 100, value: 0 });
      bar.setAttribute('aria-label', file.name);
      rows.append(item);
      return { file, item, state, cancel, bar };
    };
    const gone = (job, how) => {
      job.item.remove();
      input.focus();
      say(how && `${job.file.name} ${how}`);
    };
    const failed = (job, text, again = true) => {
      job.bar.remove();
      job.state.className = 'error';
      job.state.id = `failed-${Math.random()}`;
      job.state.textContent = text;
      say(text);
      name(job.cancel, 'Remove', job.file);
      job.cancel.setAttribute('aria-describedby', job.state.id);
      job.cancel.onclick = () => gone(job, 'removed');
      if (!again) return;
      const retry = job.cancel.cloneNode();
      retry.className = 'link';
      name(retry, 'Try again', job.file);
      retry.onclick = () => { gone(job); add([job.file]); };
      job.cancel.before(retry);
    };
    // The server's own sentence about this file, if its page has one.
    const complaint = (answer, file) => all('#errors a', answer).map((line) => line.textContent)
      .find((text) => text.includes(file.name)) || one(`#${input.id}-error > span`, answer)?.lastChild.textContent;
    const finished = (job, request) => {
      const answer = parse(request.responseText);
      const text = complaint(answer, job.file);
      if (text) {
        // A reload tells it again, as it does without script.
        const here = new URL(location.href);
        here.searchParams.set('files', '1');
        history.replaceState(history.state, '', here);
        // A wrong file stays wrong.
        return failed(job, text, / (Try|Send it) again/.test(text));
      }
      if (request.status < 200 || 299 < request.status || !takeFiles(answer)) {
        const told = one('.lead', answer)?.textContent;
        return failed(job, 400 <= request.status && told ? `“${job.file.name}” was not saved. ${told}` : `“${job.file.name}” could not be uploaded. Try again`);
      }
      renew(form, answer);
      job.item.remove();
      settled();
      say(`${job.file.name} saved`);
    };
    // A file that is saved answers what was said of the missing or refused ones; other errors of the page stay.
    const settled = () => {
      for (const line of all(`#errors a[href="#${input.id}"]`)) line.closest('li').remove();
      const summary = one('#errors');
      const left = all('#errors li').length;
      if (left) one('h2', summary).textContent = left < 2 ? 'There is a problem' : `There are ${left} problems`;
      else if (summary) { summary.remove(); document.title = document.title.replace(/^Error: /, ''); }
      one(`#${input.id}-error`)?.remove();
      input.closest('.field')?.classList.remove('bad');
      input.removeAttribute('aria-invalid');
      input.setAttribute('aria-describedby', `${input.id}-hint`);
    };
    const next = () => {
      const job = queue.shift();
      busy = Boolean(job);
      if (job) turn(form, () => new Promise((done) => { send(job, done); }));
    };
    const send = (job, done) => {
      if (job.gone) { done(); return next(); }
      const data = fields(form, 'upload');
      data.append(input.name, job.file, job.file.name);
      const request = new XMLHttpRequest();
      let told = 0;
      request.open('POST', form.action);
      request.setRequestHeader('X-Background', 'upload');
      request.upload.onprogress = (event) => {
        if (!event.lengthComputable) return;
        const percent = Math.floor(event.loaded / event.total * 100);
        job.bar.value = percent;
        job.state.textContent = percent < 100 ? `${percent}%` : 'Checking';
        if (told + 25 <= percent && percent < 100) {
          told = percent - percent % 25;
          say(`${job.file.name}, ${told} percent`);
        }
      };
      request.onloadend = () => { done(); next(); };
      request.onload = () => finished(job, request);
      request.onerror = () => failed(job, `“${job.file.name}” could not be uploaded. Check your connection and try again`);
      request.onabort = () => gone(job, 'canceled');
      job.cancel.onclick = () => request.abort();
      job.state.textContent = '0%';
      request.send(data);
    };
    const add = (files) => {
      if (!input.multiple) for (const told of all('.error', rows)) told.parentNode.remove();
      for (const file of files) {
        const job = row(file);
        job.cancel.onclick = () => { job.gone = true; gone(job, 'canceled'); };
        queue.push(job);
      }
      if (!busy) next();
    };
    input.addEventListener('change', () => {
      const files = [...input.files];
      input.value = '';
      add(files);
    });

    if (!input.multiple) return;
    // Files may be dropped anywhere.
    const carries = (event) => event.dataTransfer?.types.includes('Files');
    let over = 0;
    const mark = (by) => { over = Math.max(0, over + by); document.body.classList.toggle('dropping', 0 < over); };
    addEventListener('dragenter', (event) => { if (carries(event)) mark(1); });
    addEventListener('dragleave', (event) => { if (carries(event)) mark(-1); });
    addEventListener('dragover', (event) => { if (carries(event)) event.preventDefault(); });
    addEventListener('drop', (event) => {
      if (!carries(event)) return;
      mark(-over);
      if (event.target.type === 'file') return;
      event.preventDefault();
      add([...event.dataTransfer.files]);
    });
  };
  const removing = async (button) => {
    const form = button.form;
    const data = fields(form, 'save');
    data.set(button.name, button.value);
    try {
      const answer = await page(await post(form, data));
      const name = button.dataset.file;
      renew(form, answer);
      const field = button.closest('[data-files]').dataset.files;
      if (!takeFiles(answer)) throw new Error('no files');
      document.getElementById(field).focus();
      say(`${name} removed`);
    } catch {
      button.removeAttribute('data-file');
      button.click();
    }
  };

  // Live status
  const dirty = (control) => {
    if (control.type === 'hidden' || control.type === 'submit' || control.type === 'button') return false;
    if (control.type === 'checkbox' || control.type === 'radio') return control.checked !== control.defaultChecked;
    if (control.options) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
    return 'value' in control && control.value !== control.defaultValue;
  };
  const living = (address) => {
    let stream;
    let waiting = false;
    const refresh = async () => {
      waiting = false;
      try {
        const fetched = await page(await fetch(location.href, { credentials: 'same-origin', headers: { 'X-Background': 'live' } }));
        let told = '';
        let changed = false;
        for (const there of all('[data-live-part]', fetched)) {
          const here = one(`[data-live-part="${CSS.escape(there.dataset.livePart)}"]`);
          if (!here) continue;
          const shown = document.importNode(there, true);
          start(shown);
          if (here.isEqualNode(shown)) continue;
          if (here.contains(document.activeElement) || all('input, select, textarea', here).some(dirty)) { waiting = true; continue; }
          here.replaceWith(shown);
          changed = true;
          told = told || shown.dataset.liveSay || '';
        }
        // A part with words of its own says more than the tag above it.
        say(told || (changed && 'The status on this page has changed.'));
      } catch { /* the next event asks again */ }
    };
    const soon = later(150, refresh);
    const close = () => { if (stream) stream.close(); stream = null; };
    const open = () => {
      if (stream || document.hidden) return;
      stream = new EventSource(address);
      stream.onmessage = soon;
      stream.addEventListener('change', soon);
    };
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) return close();
      open();
      soon();
    });
    addEventListener('pagehide', close);
    addEventListener('pageshow', (event) => { open(); if (event.persisted) soon(); });
    document.addEventListener('focusout', () => { if (waiting) soon(); });
    open();
  };

  // The browser's time zone as a guess where none is chosen.
  const guessing = (place) => {
    const select = one('select', place);
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!select || select.value || !zone) return;
    if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone, zone));
    select.value = zone;
    one('[data-guessed]', place).hidden = false;
  };

  // A signature drawn by finger, pen or mouse; typing the name does the same.
  const drawing = (pad) => {
    const [canvas, field, radio] = ['canvas', '[name=strokes]', '[value=draw]'].map((part) => one(part, pad));
    const pen = canvas.getContext('2d');
    const strokes = field.value.split(';').filter(Boolean).map((stroke) => stroke.split(' ').map((point) => point.split(',').map(Number)));
    let stroke = null;
    const draw = () => {
      pen.clearRect(0, 0, 1200, 400);
      pen.fillRect(60, 310, 1080, 2);
      pen.beginPath();
      for (const points of strokes) {
        pen.moveTo(...points[0]);
        for (const point of points) pen.lineTo(...point);
      }
      pen.stroke();
      field.value = strokes.map((points) => points.join(' ')).join(';');
    };
    const add = (event) => {
      const box = canvas.getBoundingClientRect();
      const at = (part, most) => Math.round(Math.min(Math.max(part, 0), 1) * most);
      const [x, y] = [at((event.clientX - box.left) / box.width, 1200), at((event.clientY - box.top) / box.height, 400)];
      const last = stroke.at(-1);
      if (last && Math.hypot(x - last[0], y - last[1]) < 4) return;
      stroke.push([x, y]);
      draw();
    };
    canvas.onpointerdown = (event) => {
      if (!event.isPrimary) return;
      canvas.setPointerCapture(event.pointerId);
      strokes.push(stroke = []);
      add(event);
    };
    canvas.onpointermove = (event) => { if (stroke && event.isPrimary) add(event); };
    canvas.onpointerup = canvas.onpointercancel = () => { stroke = null; };
    one('button', pad).onclick = () => { strokes.length = 0; draw(); say('Drawing cleared'); };
    Object.assign(pen, { fillStyle: '#ccc', lineWidth: 9, lineCap: 'round', lineJoin: 'round' });
    if ('first' in pad.dataset && matchMedia('(any-pointer: fine), (any-pointer: coarse)').matches) radio.checked = true;
    pad.hidden = false;
    draw();
  };

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.copy) copy(button);
    if (button.getAttribute('aria-disabled') === 'true') event.preventDefault();
    if (button.dataset.file && button.closest('form [data-files]')) {
      event.preventDefault();
      turn(button.form, () => removing(button));
    }
  });
  document.addEventListener('submit', guard);
  addEventListener('pageshow', release);
  start(document);
  for (const form of all('form[data-autosave]')) saving(form);
  for (const echo of all('[data-echo]')) echoing(echo);
  for (const pad of all('[data-pad]')) drawing(pad);
  for (const input of all('[data-upload]')) uploading(input);
  for (const place of all('[data-guess-zone]')) guessing(place);
  if (document.body.dataset.live) living(document.body.dataset.live);
})();
