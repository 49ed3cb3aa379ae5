// What every page needs from a script, and nothing more: each part below works as plain HTML where no script runs.
const html = document.documentElement;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// The other language opens at the same place of the page.
for (const link of all('[data-language]')) {
  link.addEventListener('click', () => { link.hash = location.hash; });
}

// Where the list of contents stands open beside the text, its heading is no control.
const contents = find('.contents');
if (contents && CSS.supports('selector(::details-content)')) {
  const beside = matchMedia('(min-width: 62em)');
  const fit = () => {
    contents.open = beside.matches;
    find('summary', contents).tabIndex = beside.matches ? -1 : 0;
  };
  fit();
  beside.addEventListener('change', fit);
}

// The menu closes with Escape and with a press beside it.
const menu = find('.menu');
if (menu) {
  const summary = find('summary', menu);
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    menu.open = false;
    summary.focus();
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// Leave this site: cover the page at once, then go. Three times Shift within five seconds does the same.
// After GOV.UK's "Exit this page" (MIT): https://design-system.service.gov.uk/components/exit-this-page/
const exit = find('[data-exit]');
if (exit) {
  const link = find('a', exit);
  const dots = find('.presses', exit);
  const status = find('[role=status]', exit);
  const words = exit.dataset;
  let presses = 0;
  let timer;

  const show = (count) => {
    presses = count;
    dots.hidden = count === 0;
    all('i', dots).forEach((dot, index) => dot.classList.toggle('on', index < count));
  };
  const leave = () => {
    show(0);
    const cover = document.createElement('div');
    cover.className = 'cover';
    cover.setAttribute('role', 'alert');
    document.body.append(cover);
    window.speechSynthesis?.cancel();
    find('dialog[open]')?.close(); // an open dialog would lie above the cover
    html.classList.add('leaving');
    document.title = words.loading;
    cover.textContent = words.loading; // after the element is there, so that screen readers say it
    location.assign(link.href);
  };

  link.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  // Shift held for a capital letter is typing, not asking to leave.
  let typing = false;
  document.addEventListener('keydown', (event) => { if (event.key !== 'Shift') typing = event.shiftKey; });
  document.addEventListener('keyup', (event) => {
    if (html.classList.contains('leaving')) return;
    const asked = event.key === 'Shift' && !typing;
    if (event.key === 'Shift') typing = false;
    if (!asked && !presses) return;
    clearTimeout(timer);
    show(asked ? presses + 1 : 0);
    if (presses === 3) return void leave();
    status.textContent = [ '', words.two, words.one ][presses];
    if (presses) timer = setTimeout(() => { show(0); status.textContent = words.expired; }, 5000);
  });
  // Somebody who comes back must find the page, not the cover.
  addEventListener('pageshow', () => {
    html.classList.remove('leaving');
    find('.cover')?.remove();
    status.textContent = '';
    show(0);
  });
}

// Helplines: the reader's likely country first, from the device's own settings. Nothing is asked or kept.
const countries = find('[data-countries]');
if (countries) {
  const block = (code) => code && find(`[data-country="${code}"]`, countries);
  const regions = (navigator.languages ?? []).map((language) => language.split('-')[1]?.toLowerCase());
  // Many devices say en-US wherever they are: believe it on that continent only. A zone's name takes a slow phone long
  // to find, so it is asked for only where the clock, in January and July, is that of a country with numbers here.
  const nearby = () => {
    const [winter, summer] = [0, 6].map((month) => new Date(new Date().getFullYear(), month).getTimezoneOffset());
    if (winter >= 180) return block(regions[0]);
    if ((winter !== 0 && winter !== -60) || summer !== winter - 60) return undefined;
    const zones = { 'Europe/Amsterdam': 'nl', 'Europe/Brussels': 'be', 'Europe/London': 'gb', 'Europe/Belfast': 'gb', 'Europe/Dublin': 'ie' };
    return block(zones[Intl.DateTimeFormat().resolvedOptions().timeZone]);
  };
  const first = regions.filter((region) => region !== 'us').map(block).find(Boolean) || nearby();
  if (first) {
    countries.prepend(first);
    const number = find(`[data-for~="${first.dataset.country}"]`);
    number?.parentNode.prepend(number);
  }
}

// Some browsers put old ticks back when a page is loaded again; here nothing is kept.
for (const box of all('.tick input')) box.autocomplete = 'off';

// Scales show the chosen number once somebody has chosen.
for (const range of all('input[type=range]')) {
  range.addEventListener('input', () => { find(`output[for="${range.id}"]`).value = range.value; });
}

// Glossary words say what they mean: under the mouse, with the keyboard, and at the first tap. Escape puts it away.
const hint = document.createElement('span');
hint.className = 'hint';
hint.id = 'hint';
hint.setAttribute('role', 'tooltip');
const tell = (term) => {
  if (hint.term === term) return;
  hint.term?.removeAttribute('aria-describedby');
  hint.term = term;
  if (!term) return hint.remove();
  hint.textContent = term.dataset.definition;
  term.after(hint);
  term.setAttribute('aria-describedby', 'hint');
};
for (const term of all('.term')) {
  term.addEventListener('focus', () => tell(term));
  term.addEventListener('blur', () => tell());
  term.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') tell(term); });
  term.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse' && event.relatedTarget !== hint) tell();
  });
  let told = false;
  term.addEventListener('pointerdown', () => { told = hint.term === term; });
  term.addEventListener('click', (event) => {
    if (event.pointerType !== 'touch' || told) return;
    event.preventDefault();
    tell(term);
  });
}
hint.addEventListener('pointerleave', () => tell());
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') tell(); });

// Read aloud, where the device has a voice of its own for this language. Voices that need a server are left alone.
const meta = find('[data-read]');
if (meta && window.speechSynthesis) {
  const offer = () => {
    const voice = speechSynthesis.getVoices().find((one) => one.localService && one.lang.startsWith(html.lang));
    if (!voice || find('.aloud')) return;
    const { read, start, stop } = meta.dataset;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'aloud';
    button.textContent = start;
    let reader;
    button.addEventListener('click', async () => {
      reader ??= (await import(new URL(read, document.baseURI))).prepare({ button, voice, words: { start, stop } });
      reader.toggle();
    });
    // Voices come late on many phones: where there is a line with room, nothing moves under the reader's eyes.
    const line = find('.where');
    if (line) line.append(button);
    else meta.after(button);
  };
  offer();
  speechSynthesis.addEventListener('voiceschanged', offer);
}

// Sharing: the links are plain. What copies them is loaded when a finger or the focus turns to it.
const panel = find('[data-share]:not([data-list])');
if (panel) {
  let ready;
  const load = () => {
    ready ??= Promise.all([import(new URL(panel.dataset.share, document.baseURI)), fetch(new URL('share.json', find('.brand').href))])
      .then(async ([module, answer]) => {
        const tools = module.prepare(await answer.json());
        tools.enhance(panel);
        return { copy: (link) => tools.copy(module.published(link), link) };
      });
    return ready;
  };
  for (const one of [panel, ...all('.here')]) {
    for (const turn of ['pointerdown', 'focusin']) one.addEventListener(turn, () => load().catch(() => {}), { once: true });
  }
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('.here');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    load().then((sharing) => sharing.copy(link), () => location.assign(link.href));
  });
}

// Search: a button that loads everything else when it is first pressed.
const searchLink = find('[data-search]');
if (searchLink) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = searchLink.className;
  button.append(...searchLink.childNodes);
  const { search, look, engine, index, home } = searchLink.dataset;
  const address = (path) => new URL(path, document.baseURI).href;
  let opening;
  const dress = (href) => new Promise((done) => {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done, onerror: done }));
  });
  // All parts that the first result needs are asked for at once, from the moment a finger turns to the button.
  const load = () => {
    opening ??= Promise.all([import(address(search)), fetch(address(index)).then((answer) => answer.json()), dress(address(look))])
      .then(([module, data]) => module.prepare({ data, engine: address(engine), index: address(index), home: address(home) }));
    return opening;
  };
  const open = () => load().then((dialog) => dialog.open(), () => {
    opening = undefined;
    location.assign(searchLink.href);
  });
  button.addEventListener('pointerdown', () => load().catch(() => {}));
  button.addEventListener('click', open);
  searchLink.replaceWith(button);
}
