// Search: loaded when the reader turns to it. What is typed stays in this window: not in the address, not in the
// history, not on any server. The index comes in two parts, so that the first result does not wait for the second:
// `search.json` (titles, headings, everyday words) and `search-text.json` (the text of every section).

// --- Words -----------------------------------------------------------------------------------------------------------

const WORDS = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('’', "'");
const undouble = (stem) => stem.replace(/(.)\1/g, '$1');

// Light stemmers: they bring the forms of a word together and need not be right, only the same on both sides.
const stemmers = {
  en(word) {
    let stem = word.replace(/'s?$/, '');
    if (stem.length > 4) stem = stem.replace(/(ies|ied|iness|ily)$/, 'y').replace(/(sses)$/, 'ss').replace(/([^su])s$/, '$1');
    if (stem.length > 5) stem = stem.replace(/(fulness|ness|fully|ful|ly|ment|ing|edly|ed|er|est|able)$/, '');
    return undouble(stem.length > 3 ? stem.replace(/e$/, '').replace(/ck$/, 'c').replace(/y$/, 'i') : stem);
  },
  nl(word) {
    let stem = word.replace(/'(s|tje|tjes)$/, '');
    if (stem.length > 5) stem = stem.replace(/(heid|heden)$/, '').replace(/(pje|tje|etje|kje|je)s?$/, '');
    if (stem.length > 5) stem = stem.replace(/(ingen|ing)$/, 'en');
    if (stem.length > 4) stem = stem.replace(/([^s])s$/, '$1').replace(/([bdfgklmnprvz])(den|ten|de|te)$/, '$1').replace(/(en|e|n)$/, '');
    if (stem.length > 4) stem = stem.replace(/([bdfgklmnprvz])t$/, '$1').replace(/ig$/, '');
    return undouble(stem).replace(/z$/, 's').replace(/v$/, 'f');
  },
};

// Turns text into terms. With a vocabulary it also takes compounds apart ("bindingsangst": binding, angst).
function analyser(language, stopWords) {
  const stem = stemmers[language] ?? ((word) => word);
  const stops = new Set(stopWords.map(fold));
  const vocabulary = new Set();
  const known = new Map();

  const parts = (word) => {
    for (let cut = word.length - 4; cut >= 4; cut -= 1) {
      const tail = word.slice(cut);
      const head = word.slice(0, cut);
      if (!vocabulary.has(tail)) continue;
      const first = [head, head.replace(/(s|en|e)$/, '')].find((one) => one.length >= 4 && vocabulary.has(one));
      if (first) return [first, tail];
    }
    return [];
  };
  const terms = (word) => {
    if (!known.has(word)) {
      const pieces = language === 'nl' && word.length > 8 ? parts(word) : [];
      known.set(word, [...new Set([word, ...pieces].map(stem))]);
    }
    return known.get(word);
  };
  return {
    words: (text) => fold(text).match(WORDS) ?? [],
    learn: (text) => { for (const word of fold(text).match(WORDS) ?? []) if (word.length > 3) vocabulary.add(word); },
    forget: () => known.clear(),
    terms,
    isStop: (word) => stops.has(word),
  };
}

// --- The index -------------------------------------------------------------------------------------------------------

const WEIGHTS = { title: 5, phrase: 6, heading: 2.2, description: 1.6, text: 1 };
const pause = () => new Promise((resolve) => { setTimeout(resolve); });

// One MiniSearch document for every title, everyday phrase, heading, description and section; a page takes the best of each.
function* documents(data, texts) {
  for (const [page, entry] of data.pages.entries()) {
    yield { page, title: entry.title };
    yield { page, description: entry.description };
    for (const phrase of entry.phrases) yield { page, phrase };
    for (const [section, { heading }] of entry.sections.entries()) {
      yield { page, section, heading };
      const text = texts?.[page]?.[section];
      if (text) yield { page, section, text };
    }
  }
}

export async function createIndex(MiniSearch, data, texts, breathe = pause) {
  const words = analyser(data.language, data.stop);
  const entries = [...documents(data, texts)];
  for (const entry of entries) words.learn(entry.title ?? entry.phrase ?? entry.heading ?? entry.description ?? entry.text);
  const engine = new MiniSearch({
    fields: Object.keys(WEIGHTS),
    tokenize: words.words,
    processTerm: (word) => (words.isStop(word) ? null : words.terms(word)),
  });
  let started = performance.now();
  for (const [id, entry] of entries.entries()) {
    engine.add({ id, ...entry });
    if (performance.now() - started > 12) {
      await breathe(); // typing comes first
      started = performance.now();
    }
  }
  const lengths = entries.map((entry) => entry.phrase && new Set(words.words(entry.phrase).filter((word) => !words.isStop(word)).flatMap(words.terms)).size);
  const crisis = data.crisis.map((phrase) => words.words(phrase).join(' '));

  // A query of stop words alone ("nee", "who am I") is searched as it is.
  const termsOf = (query) => {
    const all = words.words(query);
    const telling = all.filter((word) => !words.isStop(word));
    return (telling.length ? telling : all);
  };

  return {
    isCrisis(query) {
      const said = ` ${words.words(query).join(' ')} `;
      return crisis.some((phrase) => said.includes(` ${phrase} `));
    },

    search(query) {
      const asked = termsOf(query);
      if (!asked.length) return [];
      const last = asked.at(-1);
      const results = engine.search(asked.join(' '), {
        processTerm: (word) => words.terms(word),
        prefix: (term) => term.length > 2 && (query.endsWith(last) || term.length > 4),
        fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : false),
        weights: { fuzzy: .3, prefix: .5 },
        boost: WEIGHTS,
      });
      const wanted = new Set(asked.flatMap(words.terms)).size;
      const pages = new Map();
      for (const result of results) {
        const entry = entries[result.id];
        const page = pages.get(entry.page) ?? { page: entry.page, best: {}, matched: new Set(), terms: new Set() };
        pages.set(entry.page, page);
        let { score } = result;
        const kind = Object.keys(WEIGHTS).find((one) => entry[one] !== undefined);
        // A phrase counts as far as the query says all of it and it says all of the query.
        if (kind === 'phrase') score *= (result.queryTerms.length / Math.max(lengths[result.id], wanted)) ** 1.5 * 1.6;
        if (score > (page.best[kind]?.score ?? 0)) page.best[kind] = { score, section: entry.section };
        for (const term of result.queryTerms) page.matched.add(term);
        for (const term of result.terms) page.terms.add(term);
      }
      const found = [...pages.values()].map((page) => {
        const sum = Object.values(page.best).reduce((total, { score }) => total + score, 0);
        return { ...page, score: sum * (page.matched.size / wanted) ** 1.2 };
      });
      found.sort((one, other) => other.score - one.score);
      const floor = (found[0]?.score ?? 0) / 12;
      return found.filter(({ score }) => score > floor).slice(0, 12).map(({ page, best, terms, score }) => ({
        page: data.pages[page],
        section: data.pages[page].sections[(best.text ?? best.heading)?.section],
        text: texts?.[page]?.[best.text?.section] ?? '',
        terms,
        score,
      }));
    },

    // The words around the best match, as [text, matched] pairs.
    context(text, terms) {
      const sentences = text.split(/(?<=[.?!:])\s+/);
      const matches = (word) => words.terms(word).some((term) => terms.has(term)) && !words.isStop(word);
      const counts = sentences.map((sentence) => new Set(words.words(sentence).filter(matches)).size);
      const start = counts.indexOf(Math.max(...counts));
      if (!counts[start]) return [];
      let shown = sentences[start];
      for (let next = start + 1; next < sentences.length && shown.length < 110; next += 1) shown += ` ${sentences[next]}`;
      const pieces = [];
      let end = 0;
      for (const { 0: word, index } of shown.matchAll(WORDS)) {
        if (!matches(fold(word))) continue;
        pieces.push([shown.slice(end, index), false], [word, true]);
        end = index + word.length;
      }
      return [...pieces, [shown.slice(end), false]];
    },
  };
}

// --- The dialog ------------------------------------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const node = Object.assign(document.createElement(name), attributes);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

async function json(url) {
  const response = await fetch(url, { credentials: 'omit' });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

export async function prepare({ engine, index, home }) {
  const coming = json(index.replace(/search\.json$/, 'search-text.json')).catch(() => null);
  const [{ default: MiniSearch }, data] = await Promise.all([import(engine), json(index)]);
  const { words } = data;
  let searching = await createIndex(MiniSearch, data);

  const input = element('input', {
    type: 'search', id: 'search-words', autocomplete: 'off', autocapitalize: 'none', spellcheck: false,
    enterKeyHint: 'search', placeholder: words.placeholder, maxLength: 120,
  });
  const status = element('p', { className: 'small', role: 'status' });
  const crisis = element('div', { className: 'crisis', hidden: true },
    element('p', {}, element('strong', {}, words.crisis), ` ${words.crisis_text}`),
    ...data.help.calls.map(({ label, number, href }) =>
      element('a', { className: 'dial', href }, `${label} `, element('b', {}, number))),
    element('a', { className: 'help', href: home + data.help.url }, data.help.title));
  const list = element('ol', { className: 'found' });
  const none = element('div', { hidden: true },
    element('p', {}, element('strong', {}, words.none), ` ${words.none_text}`),
    element('p', {}, element('a', { href: `${home}#all-pages` }, words.all_pages)),
    element('p', {}, element('a', { href: home + data.help.url }, data.help.title)));
  const form = element('form', { method: 'dialog', className: 'ask' },
    element('label', { htmlFor: 'search-words' }, words.label),
    input,
    element('button', { type: 'button', className: 'close', onclick: () => dialog.close() }, words.close));
  form.setAttribute('role', 'search');
  const dialog = element('dialog', { className: 'search' }, form,
    element('p', { className: 'small' }, words.private), crisis, status, none, list);
  dialog.setAttribute('aria-label', words.label);
  document.body.append(dialog);

  const item = ({ page, section, text, terms }) => {
    const context = text ? searching.context(text, terms) : [];
    const link = element('a', { href: home + page.url + (section?.id ? `#${section.id}` : '') },
      element('strong', {}, page.title), section ? ` · ${section.heading}` : '');
    link.addEventListener('click', () => dialog.close());
    return element('li', {}, link, element('p', {}, ...(context.length
      ? context.map(([piece, matched]) => (matched ? element('mark', {}, piece) : piece))
      : [page.description])));
  };
  const show = () => {
    const query = input.value.trim();
    const found = query.length > 1 ? searching.search(query) : [];
    crisis.hidden = !searching.isCrisis(query);
    list.replaceChildren(...found.map(item));
    none.hidden = query.length < 2 || found.length > 0;
    status.textContent = query.length < 2 ? '' : found.length === 0 ? words.none
      : found.length === 1 ? words.count_one : words.count.replace('{count}', found.length);
    status.classList.toggle('hidden', found.length === 0);
  };
  input.addEventListener('input', show);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    (crisis.hidden ? dialog.querySelector('.found a') : crisis.querySelector('a'))?.focus();
  });
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...list.querySelectorAll('a')];
    stops[stops.indexOf(document.activeElement) + step]?.focus();
    event.preventDefault();
  });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  addEventListener('pagehide', () => { input.value = ''; show(); dialog.close(); });

  const complete = coming.then(async (texts) => {
    if (!texts) return;
    searching = await createIndex(MiniSearch, data, texts);
    if (dialog.open) show();
  });

  return {
    complete,
    open() {
      dialog.showModal();
      input.focus();
      input.select();
    },
  };
}
