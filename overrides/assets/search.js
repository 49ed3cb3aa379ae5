// Search: loaded when the reader turns to it. What is typed stays in this window: not in the address, not in the
// history, not on any server. The index comes in two parts, so that the first result does not wait for the second:
// `search.json` (titles, headings, everyday words) and `search-text.json` (the text of every section).

// --- Words -----------------------------------------------------------------------------------------------------------

const WORDS = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
const PLAIN = /^[\x20-\x26\x28-\x7e]*$/; // neither accents nor apostrophes: nothing to fold
const fold = (text) => (PLAIN.test(text) ? text : text.normalize('NFD').replace(/\p{M}|(?<=\p{L})['’](?=\p{L})/gu, '')).toLowerCase();
const undouble = (stem) => stem.replace(/(.)\1/g, '$1');

// Light stemmers: they bring the forms of a word together and need not be right, only the same on both sides.
const stemmers = {
  en(word) {
    let stem = word;
    if (stem.length > 4) stem = stem.replace(/(ies|ied|iness|ily)$/, 'y').replace(/(sses)$/, 'ss').replace(/([^su])s$/, '$1');
    if (stem.length > 7) stem = stem.replace(/(ations?|ating|ated|ate|ative)$/, '');
    if (stem.length > 5) stem = stem.replace(/(fulness|ness|fully|ful|ly|ment|ing|edly|ed|er|est|able)$/, '');
    return undouble(stem.length > 3 ? stem.replace(/e$/, '').replace(/ck$/, 'c').replace(/y$/, 'i') : stem);
  },
  nl(word) {
    let stem = word;
    if (stem.length > 5) stem = stem.replace(/(heid|heden)$/, '').replace(/ige?re?$/, 'ig').replace(/(pje|tje|etje|kje|je)s?$/, '');
    if (stem.length > 7) stem = stem.replace(/(aties?|ering|eren|eer|eert|eerde)$/, '');
    if (stem.length > 5) stem = stem.replace(/(ingen|ing)$/, 'en');
    if (stem.length > 4) stem = stem.replace(/([^s])s$/, '$1').replace(/([bdfgklmnprvz])(den|ten|de|te)$/, '$1').replace(/(en|e|n)$/, '');
    if (stem.length > 4) stem = stem.replace(/([bdfgklmnprvz])t$/, '$1').replace(/ig$/, '');
    return undouble(stem).replace(/z$/, 's').replace(/v$/, 'f');
  },
};

// Turns text into terms. With a vocabulary it also takes compounds apart ("bindingsangst": binding, angst).
function analyser(language, stopWords, alike) {
  const bare = stemmers[language] ?? ((word) => word);
  const same = new Map(alike.flatMap((group) => group.map((word) => [bare(fold(word)), bare(fold(group[0]))])));
  const stemmed = new Map();
  const stem = (word) => {
    let found = stemmed.get(word);
    if (found === undefined) {
      found = bare(word);
      stemmed.set(word, found = same.get(found) ?? found);
    }
    return found;
  };
  const stops = new Set(stopWords.map(fold));
  const stems = new Set();
  const counts = new Map();
  const pieces = new Map();

  // The parts of a compound, where their stems occur in the handbook: both of them, or else the longer one alone.
  const split = (word) => {
    let half = [];
    for (let cut = word.length - 4; cut >= 4; cut -= 1) {
      const [head, tail] = [word.slice(0, cut), word.slice(cut)].map(stem);
      const linked = stem(word.slice(0, cut).replace(/(?<=.{4})(s|en|e)$/, ''));
      const first = [head, linked].find((one) => one.length > 2 && stems.has(one));
      const last = tail.length > 2 && stems.has(tail);
      if (first && last) return [first, tail];
      if (!half.length && first && first.length > 4) half = [first];
      else if (!half.length && last && tail.length > 5) half = [tail];
    }
    return half;
  };
  const partsOf = (word) => {
    if (!pieces.has(word)) pieces.set(word, word.length > 8 && (language === 'nl' || !counts.has(word)) ? split(word) : []);
    return pieces.get(word);
  };
  const words = (text) => fold(text).match(WORDS) ?? [];
  return {
    words,
    stem,
    partsOf,
    counts,
    isStop: (word) => stops.has(word),
    terms(word) {
      const whole = stem(word);
      const parts = partsOf(word);
      return parts.length ? [...new Set([whole, ...parts])] : whole;
    },
    learn(text) {
      for (const word of words(text)) {
        const count = counts.get(word) ?? 0;
        counts.set(word, count + 1);
        if (!count && word.length > 3 && word.length < 11) stems.add(stem(word));
      }
    },
    // Words that begin as this one does, for a word that is still being typed.
    completions: (word) => mostUsed([...counts.keys()].filter((one) => one.startsWith(word) && one !== word)),
    // Words that differ from a misspelt one by a letter or two.
    corrections(word) {
      const limit = word.length > 7 ? 2 : 1;
      let best = limit;
      let found = [];
      for (const one of counts.keys()) {
        if (one.length < 4 || Math.abs(one.length - word.length) > best) continue;
        const far = distance(word, one);
        if (far < best) found = [];
        if (far <= best) { best = far; found.push(one); }
      }
      return mostUsed(found);
    },
  };

  function mostUsed(found) {
    return found.sort((one, other) => counts.get(other) - counts.get(one)).slice(0, 5);
  }
}

// How many letters to change, add, leave out or swap to make one word of the other.
function distance(one, other) {
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[line - 1] === other[column - 1];
      next[column] = Math.min(row[column] + 1, next[column - 1] + 1, row[column - 1] + (same ? 0 : 1));
      if (line > 1 && column > 1 && one[line - 1] === other[column - 2] && one[line - 2] === other[column - 1]) {
        next[column] = Math.min(next[column], before[column - 2] + 1);
      }
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}

// --- The index -------------------------------------------------------------------------------------------------------

const WEIGHTS = { title: 3, phrase: 6, heading: 3.5, description: 1.6, text: .6 };
const STOP_WEIGHT = .3;
const QUIET = .6;
const LOUD = 1.5;
const PHRASE = 3;
const EXACT = 4;
const OTHER = .6;
const PART = .6;
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
  const words = analyser(data.language, data.stop, data.alike);
  const entries = [...documents(data, texts)];
  for (const entry of entries) words.learn(entry.title ?? entry.phrase ?? entry.heading ?? entry.description ?? entry.text);
  const known = new Set();
  const engine = new MiniSearch({
    fields: Object.keys(WEIGHTS),
    tokenize: words.words,
    processTerm: (word, field) => {
      if (words.isStop(word) && field !== 'title' && field !== 'phrase') return null;
      const terms = words.terms(word);
      for (const term of [terms].flat()) known.add(term);
      return terms;
    },
  });
  let started = performance.now();
  for (const [id, entry] of entries.entries()) {
    engine.add({ id, ...entry });
    if (performance.now() - started > 12) {
      await breathe(); // typing comes first
      started = performance.now();
    }
  }
  const weightOf = (word) => (words.isStop(word) ? STOP_WEIGHT : 1);
  const plain = (text) => words.words(text).join(' ');
  const lengths = entries.map(({ phrase }) => phrase && words.words(phrase).reduce((sum, word) => sum + weightOf(word), 0));
  const professional = new Set(data.professional.map(fold));
  const crisis = data.crisis.map(plain);

  // What a query asks: for each word, the terms that would answer it, and how much each of them counts. Words such as
  // "how" and "the" count for little; a word still being typed may become several; a misspelt one is put right; and two
  // words that make one ("paniek aanval") are taken together.
  function* asked(query) {
    const said = words.words(query);
    const typing = /[\p{L}\p{N}]$/u.test(query);
    for (let place = 0; place < said.length; place += 1) {
      const word = said[place];
      const joined = word + (said[place + 1] ?? '');
      if (place + 1 < said.length && joined.length > 6 && known.has(words.stem(joined)) && words.counts.has(joined)) {
        yield { weight: 2, whole: [words.stem(joined)], parts: [words.stem(word), words.stem(said[place + 1])], others: [] };
        place += 1;
        continue;
      }
      const parts = words.partsOf(word);
      const familiar = known.has(words.stem(word)) || words.isStop(word);
      let others = typing && place === said.length - 1 && word.length > 2 ? words.completions(word) : [];
      if (!familiar && !others.length && !parts.length && word.length > 3) others = words.corrections(word);
      yield { weight: weightOf(word), whole: [words.stem(word)], parts, others: others.map(words.stem) };
    }
  }
  // How much of a question some terms answer.
  const answered = (questions, terms) => questions.reduce((sum, { weight, whole, parts, others }) => {
    const has = (term) => terms.has(term);
    const share = whole.some(has) || others.some(has) ? 1 : parts.length ? parts.filter(has).length / parts.length : 0;
    return sum + weight * share;
  }, 0);

  return {
    isCrisis(query) {
      const said = ` ${plain(query)} `;
      return crisis.some((phrase) => said.includes(` ${phrase} `));
    },

    search(query) {
      const questions = [...asked(query)];
      if (!questions.length) return [];
      const wanted = questions.reduce((sum, { weight }) => sum + weight, 0);
      const boosts = new Map();
      for (const { weight, whole, parts, others } of questions) {
        for (const term of others) boosts.set(term, weight * OTHER);
        for (const term of parts) boosts.set(term, weight * PART);
        for (const term of whole) boosts.set(term, weight);
      }
      const quiet = words.words(query).some((word) => professional.has(word)) ? LOUD : QUIET;
      const results = engine.search([...boosts.keys()].join(' '), {
        tokenize: (text) => text.split(' '),
        processTerm: (term) => term,
        boostTerm: (term) => boosts.get(term),
        boost: WEIGHTS,
      });
      const pages = new Map();
      for (const { id, score, terms } of results) {
        const entry = entries[id];
        const page = pages.get(entry.page) ?? { page: entry.page, best: {}, terms: new Set(), phrased: new Set() };
        pages.set(entry.page, page);
        const kind = Object.keys(WEIGHTS).find((one) => entry[one] !== undefined);
        let worth = score;
        if ((kind === 'phrase' || kind === 'title') && plain(entry[kind]) === plain(query)) worth *= EXACT;
        // A phrase counts as far as the query says all of it. How far a page's phrases together say the query: below.
        if (kind === 'phrase') {
          const said = answered(questions, new Set(terms)) / lengths[id];
          worth *= PHRASE * Math.min(said, 1) ** 2;
          if (said > .3) for (const term of terms) page.phrased.add(term);
        } else if (kind !== 'title' && data.pages[entry.page].quiet) worth *= quiet;
        if (worth > (page.best[kind]?.worth ?? 0)) page.best[kind] = { worth, section: entry.section };
        for (const term of terms) page.terms.add(term);
      }
      const found = [...pages.values()].map((page) => {
        if (page.best.phrase) page.best.phrase.worth *= (answered(questions, page.phrased) / wanted) ** .8;
        const sum = Object.values(page.best).reduce((total, { worth }) => total + worth, 0);
        return { ...page, score: sum * (answered(questions, page.terms) / wanted) ** 1.7 };
      });
      found.sort((one, other) => other.score - one.score);
      const floor = (found[0]?.score ?? 0) / 12;
      return found.filter(({ score }, place) => place < 4 || score > floor).slice(0, 12).map(({ page, best, terms, score }) => ({
        page: data.pages[page],
        section: data.pages[page].sections[(best.text ?? best.heading)?.section],
        text: texts?.[page]?.[best.text?.section] ?? '',
        terms,
        score,
      }));
    },

    // The words around the best match, as [text, matched] pairs.
    context(text, terms) {
      const sentences = text.split(' | ', 1)[0].split(/(?<=[.?!:])\s+/);
      const matches = (word) => [words.terms(word)].flat().some((term) => terms.has(term)) && !words.isStop(word);
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

export async function prepare({ MiniSearch, data, index, home }) {
  const coming = json(index.replace(/search\.json$/, 'search-text.json')).catch(() => null);
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
  const none = element('div', { className: 'none', hidden: true },
    element('p', {}, element('strong', {}, words.none), ` ${words.none_text}`),
    element('p', {}, element('a', { href: `${home}#all-pages` }, words.all_pages)),
    element('p', {}, element('a', { href: home + data.help.url }, data.help.title)));
  const form = element('form', { method: 'dialog', className: 'ask' },
    element('label', { htmlFor: 'search-words' }, words.label),
    input,
    element('button', { type: 'button', className: 'close', onclick: () => dialog.close() }, words.close));
  form.setAttribute('role', 'search');
  // On sensitive pages the way out stays within reach while searching.
  const exit = document.querySelector('[data-exit] a');
  const leave = exit && element('a', { className: 'leave', href: exit.href, rel: exit.rel, textContent: exit.textContent });
  leave?.addEventListener('click', (event) => { event.preventDefault(); exit.click(); });
  const dialog = element('dialog', { className: 'search' }, leave ?? '', form,
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
    if (event.key === 'Escape') dialog.close(); // some browsers would only empty the field
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
