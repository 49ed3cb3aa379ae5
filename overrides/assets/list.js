// The reading list: made here, opened here, and kept in the address's fragment alone. What an address says only chooses
// among the pages that stand in this page already; no word of it is ever shown.
(() => {
  const MOST = 40; // pages on a list
  const NAME = '[a-z0-9]{4}(?:-w\\d{1,2})?';
  const LIST = new RegExp(`^#1-(${NAME}(?:\\.${NAME}){0,${MOST - 1}})$`);
  const SVG = 'http://www.w3.org/2000/svg';

  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const place = find('[data-list]');
  const words = place.dataset;
  const status = find('.hidden[role=status]', place);
  const given = find('.given', place);
  const making = find('.making', place);
  const unknown = find('.unknown', place);
  const chosen = find('.chosen', place);

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  // --- What can be on a list ---
  const items = new Map();
  for (const row of all('[data-item]', place)) {
    const names = row.dataset.item.split(' ');
    const [link, short] = all('a', row);
    const item = { name: names[0], title: link.textContent, url: link.href, short, minutes: Number(row.dataset.minutes), note: find('.small', row) };
    for (const name of names) items.set(name, item);
    // A link becomes a box to tick.
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.autocomplete = 'off';
    label.append(box, make('span', {}, make('span', { textContent: item.title }), ...(item.note ? [' ', item.note] : [])));
    row.replaceChildren(label);
    item.box = box;
    item.group = row.closest('details');
    box.addEventListener('change', () => tick(item));
  }
  // A worksheet that is gone leaves its page.
  const look = (name) => items.get(name) ?? items.get(name.slice(0, 4));

  function read(fragment) {
    const names = LIST.exec(fragment)?.[1].split('.');
    if (!names) return null;
    const found = names.map(look);
    const list = [...new Set(found.filter(Boolean))];
    return list.length ? { list, missing: found.filter((one) => !one).length } : null;
  }

  // --- Drawing ---
  let engine;
  const codes = new Map(); // a page keeps its code when the list around it changes
  const coded = async (text) => {
    engine ??= import(new URL(words.engine, document.baseURI));
    const { generate, correction } = await engine;
    const code = generate(text, { minCorrectionLevel: correction.M });
    let path = '';
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) {
        const from = x;
        while (code.get(x, y)) x += 1;
        if (x > from) path += `M${from + 4} ${y + 4}.5h${x - from}`;
      }
    }
    return { path, side: code.size + 8 };
  };
  const wanted = new WeakMap(); // what was asked for last: an earlier code may be ready later
  const draw = async (text, into, label) => {
    wanted.set(into, text);
    if (!codes.has(text)) codes.set(text, coded(text));
    let code;
    try {
      code = await codes.get(text);
    } catch {
      return; // without the picture the address still stands there
    }
    if (wanted.get(into) !== text) return;
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'qr');
    svg.setAttribute('viewBox', `0 0 ${code.side} ${code.side}`);
    if (label) {
      svg.setAttribute('role', 'img');
      svg.setAttribute('aria-label', label);
    } else svg.setAttribute('aria-hidden', 'true');
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', code.path);
    svg.append(line);
    into.replaceChildren(svg);
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const note = (item) => (item.note ? [' ', item.note.cloneNode(true)] : []);

  // --- A list that somebody gave ---
  function show({ list, missing }) {
    const rows = list.map((item) => {
      const code = make('div', { className: 'code' });
      draw(item.short.href, code);
      const address = make('span', { className: 'address', textContent: item.short.textContent });
      return make('li', {}, make('div', {}, make('a', { href: item.url, textContent: item.title }), ...note(item), address), code);
    });
    find('.pack', given).replaceChildren(...rows);
    const minutes = list.reduce((sum, item) => sum + item.minutes, 0);
    find('.total', given).textContent = minutes ? fill(words.minutes, { minutes }) : '';
    const left = find('.missing', given);
    left.hidden = !missing;
    left.textContent = missing === 1 ? words.missingOne : fill(words.missing, { count: missing });
    const whole = find('.whole a', given);
    whole.href = address(list, '');
    whole.textContent = whole.href.split('//')[1];
    draw(whole.href, find('.whole .code', given), words.qr);
  }

  // --- A list in the making ---
  let mine = [];
  const fragment = (list) => (list.length ? `#1-${list.map((item) => item.name).join('.')}` : '');
  const language = () => find('[name=language]:checked', place).value;
  const address = (list, forced) => words.link + (forced ? `${forced}/` : '') + fragment(list);

  function tick(item) {
    const at = mine.indexOf(item);
    if (at >= 0) mine.splice(at, 1);
    else if (mine.length < MOST) mine.push(item);
    else {
      item.box.checked = false;
      status.textContent = fill(words.full, { count: MOST });
      return;
    }
    update();
    status.textContent = fill(at < 0 ? words.on : words.off, { title: item.title });
  }
  function move(item, step) {
    const at = mine.indexOf(item);
    mine.splice(at, 1);
    mine.splice(at + step, 0, item);
    update();
    const row = item.row;
    const same = find(step < 0 ? '.up' : '.down', row);
    (same.disabled ? find(step < 0 ? '.down' : '.up', row) : same).focus();
    status.textContent = fill(words.place, { title: item.title, place: at + step + 1, count: mine.length });
  }
  function drop(item) {
    const at = mine.indexOf(item);
    item.box.checked = false;
    tick(item);
    const next = mine[Math.min(at, mine.length - 1)];
    if (next) find('.off', next.row).focus();
    else find('#choose', place).focus();
  }
  function row(item, at) {
    const control = (name, act, disabled = false) => {
      const made = make('button', { type: 'button', className: name, disabled });
      made.setAttribute('aria-label', fill(chosen.dataset[name], { title: item.title }));
      made.addEventListener('click', act);
      return made;
    };
    item.row = make('li', {}, make('span', {}, item.title), make('span', { className: 'moves' },
      control('up', () => move(item, -1), at === 0),
      control('down', () => move(item, 1), at === mine.length - 1),
      control('off', () => drop(item))));
    return item.row;
  }
  function update() {
    chosen.replaceChildren(...mine.map(row));
    for (const group of all('.shelves details', place)) {
      const count = mine.filter((item) => item.group === group).length;
      find('summary span', group).textContent = count ? fill(words.chosen, { count }) : '';
    }
    find('.none', place).hidden = mine.length > 0;
    find('.give', place).hidden = mine.length === 0;
    find('.tray', place).hidden = mine.length === 0;
    find('.tray button', place).textContent = `${find('#yours', place).textContent}: ${fill(words.chosen, { count: mine.length })}`;
    unknown.hidden = true;
    history.replaceState(null, '', location.pathname + location.search + fragment(mine));
    give();
  }
  function give() {
    if (!mine.length) return;
    const link = find('.give .link', place);
    link.href = address(mine, language());
    link.textContent = link.href.split('//')[1];
    draw(link.href, find('.give .code', place), words.qr);
  }
  for (const choice of all('[name=language]', place)) choice.addEventListener('change', give);

  // Copying and messages, from the moment there is something to give.
  let sharing;
  function share() {
    sharing ??= Promise.all([import(new URL(words.share, document.baseURI)), fetch(new URL('share.json', find('.brand').href))])
      .then(async ([module, answer]) => {
        const tools = module.prepare(await answer.json());
        const link = find('.give .link', place);
        const url = () => link.href;
        find('.give .ways', place).append(tools.copier(find('.small', link.parentElement).textContent, url), ...tools.ways('list', url));
      })
      .catch(() => {}); // the link can be copied by hand
  }
  find('.shelves', place).addEventListener('change', share);

  // --- Which of the two ---
  function open(list) {
    given.hidden = !list;
    making.hidden = Boolean(list);
  }
  function change(list) {
    mine = list;
    for (const item of items.values()) item.box.checked = mine.includes(item);
    for (const group of all('.shelves details', place)) group.open = mine.some((item) => item.group === group);
    update();
    open(null);
  }
  const acts = {
    print: () => print(),
    change: () => {
      change(read(location.hash)?.list ?? []);
      share();
      find('#choose', place).focus();
    },
    yours: () => {
      find('#yours', place).focus({ preventScroll: true });
      find('#yours', place).scrollIntoView();
    },
    see: () => {
      route();
      find('#given', place).focus();
    },
  };
  for (const button of all('[data-do]', place)) button.addEventListener('click', () => acts[button.dataset.do]());

  function route() {
    const asked = location.hash;
    if (asked.length > 1 && document.getElementById(asked.slice(1))) return; // a place on this page
    const found = read(asked);
    unknown.hidden = Boolean(found) || asked.length < 2;
    if (found) show(found);
    open(found);
  }
  find('.without', place).remove();
  find('.yours', place).hidden = false;
  addEventListener('hashchange', route);
  route();
})();
