// Search: loaded when the reader turns to it. What is typed stays in this window: not in the address, not in the
// history, not on any server. The index comes in two parts, so that the first result does not wait for the second:
// `search.json` (titles and everyday words) and `search-text.json` (further everyday words, the sections of every page).

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
    if (stem.length > 7) stem = stem.replace(/ende?$/, 'en');
    if (stem.length > 7) stem = stem.replace(/(aties?|ering|eren|eer|eert|eerde)$/, '');
    if (stem.length > 5) stem = stem.replace(/(ingen|ing)$/, 'en');
    if (stem.length > 4) stem = stem.replace(/([^s])s$/, '$1').replace(/([bdfgklmnprvz])(den|ten|de|te)$/, '$1').replace(/(en|e|n)$/, '');
    if (stem.length > 4) stem = stem.replace(/([bdfgklmnprvz])t$/, '$1').replace(/ig$/, '');
    return undouble(stem).replace(/z$/, 's').replace(/v$/, 'f');
  },
};

const NONE = [];

// Turns words into terms. What it has learned lets it take compounds apart ("bindingsangst": binding, angst).
function analyser(language, stopWords, alike) {
  const bare = stemmers[language] ?? ((word) => word);
  const same = new Map(alike.flatMap((group) => group.map((word) => [bare(word), bare(group[0])])));
  const stemmed = new Map();
  const stem = (word) => {
    let found = stemmed.get(word);
    if (found === undefined) {
      found = bare(word);
      stemmed.set(word, found = same.get(found) ?? found);
    }
    return found;
  };
  const stops = new Set(stopWords);
  const counts = new Map();
  const pieces = new Map();
  const stems = new Set(); // of the words that compounds are made of
  const starts = new Set(); // their first letters: most cuts of a word are ruled out by them
  let gathered = 0;

  const gather = () => {
    for (const word of counts.keys()) {
      if (word.length < 4 || word.length > 10) continue;
      const found = stem(word);
      stems.add(found);
      starts.add(word.slice(0, 3)).add(found.slice(0, 3));
    }
    gathered = counts.size;
    pieces.clear();
  };

  // The parts of a compound, where their stems occur in the handbook: both of them, or else the longer one alone.
  const split = (word) => {
    let half = [];
    const begins = starts.has(word.slice(0, 3));
    for (let cut = word.length - 4; cut >= 4; cut -= 1) {
      const ends = starts.has(word.slice(cut, cut + 3));
      if (!begins && !ends) continue;
      const tail = stem(word.slice(cut));
      const last = ends && tail.length > 2 && stems.has(tail);
      const first = begins && [word.slice(0, cut), word.slice(0, cut).replace(/(?<=.{4})(s|en|e)$/, '')].map(stem)
        .find((one) => one.length > 2 && stems.has(one));
      if (first && last) return [first, tail];
      if (!half.length && first && cut > 4) half = [first];
      else if (!half.length && last && word.length - cut > 5) half = [tail];
    }
    return half;
  };
  const partsOf = (word) => {
    if (word.length < 9) return NONE;
    if (gathered !== counts.size) gather();
    if (!pieces.has(word)) pieces.set(word, language === 'nl' || !counts.has(word) ? split(word) : NONE);
    return pieces.get(word);
  };
  return {
    words: (text) => fold(text).match(WORDS) ?? [],
    stem,
    partsOf,
    counts,
    isStop: (word) => stops.has(word),
    terms(word) {
      const whole = stem(word);
      const parts = partsOf(word);
      return parts.length ? [...new Set([whole, ...parts])] : whole;
    },
    learn(word, times = 1) {
      counts.set(word, (counts.get(word) ?? 0) + times);
    },
    // Words that begin as this one does, for a word that is still being typed.
    completions: (word) => mostUsed([...counts.keys()].filter((one) => one.startsWith(word) && one !== word)),
    // Words that differ from a misspelt one by a letter or two.
    corrections(word) {
      const limit = word.length > 8 ? 2 : 1;
      let best = limit;
      let found = [];
      for (const one of counts.keys()) {
        if (one.length < 4 || Math.abs(one.length - word.length) > best || (one[0] !== word[0] && one[1] !== word[1])) continue;
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

// --- What phrases teach ----------------------------------------------------------------------------------------------

const LONGEST_PIECE = 4; // letters
const ROUNDS = 4;
const RATE = 1;
const FIRST_STEP = 1e-3;
const FELT = .01; // smaller errors move nothing
const KNOWN = .95; // a phrase that is known so surely is not repeated
const NEIGHBOURS = 2; // a word makes a pair with so many before it

// Learns from what people type, and the pages it means, which pages a new query means: a logistic regression with one
// class a page, over stems, pairs of near stems in whichever order, and pieces of words, so that forms, compounds and
// slips that nobody wrote down are close to those that somebody did. The more often a feature has moved, the smaller its
// steps (AdaGrad); what counts is the mean of the weights after all rounds but the first, which depends less on the order
// of the phrases. It learns here, from phrases that are loaded anyway, because its weights would take far more room.
function learner(pages, words) {
  const rows = new Map(); // feature: its row in `weights`
  const uses = []; // by row: how many examples have the feature
  const pieces = new Map(); // word: the rows of its pieces
  let examples = 0;
  let rare; // by row: how much a feature says, the fewer examples have it the more
  let weights; // by row and page
  let ready = false;

  // The row of a feature; while learning, a new one for a new feature. A feature that is not known has the row -1.
  const row = (feature) => {
    let found = rows.get(feature);
    if (found === undefined) {
      if (weights) return -1;
      rows.set(feature, found = uses.length);
      uses.push(0);
    }
    return found;
  };
  const piecesOf = (word) => {
    let found = pieces.get(word);
    if (!found) {
      const within = ` ${word} `;
      found = [];
      for (let start = 0; start < within.length - 1; start += 1) {
        const longest = Math.min(LONGEST_PIECE, within.length - start);
        for (let length = 2; length <= longest; length += 1) found.push(row(within.slice(start, start + length)));
      }
      pieces.set(word, found);
    }
    return found;
  };
  // Two kinds of features, which weigh the same together: stems with their pairs, and pieces.
  const features = (said) => {
    const stems = new Set();
    const bare = said.map(words.stem);
    for (const [place, stem] of bare.entries()) {
      stems.add(row(`  ${stem}`));
      for (const other of bare.slice(Math.max(0, place - NEIGHBOURS), place)) {
        stems.add(row(other < stem ? `  ${other} ${stem}` : `  ${stem} ${other}`));
      }
    }
    const parts = new Set();
    for (const word of said) for (const piece of piecesOf(word)) parts.add(piece);
    return [stems, parts];
  };
  // Features as rows with values, rare ones larger, each kind of length 1. What is not known has a part in the length:
  // a query of which little is known says little.
  const vector = (kinds) => {
    const known = [];
    const values = [];
    for (const kind of kinds) {
      const start = known.length;
      let square = 0;
      for (const one of kind) {
        const value = one < 0 ? Math.log(1 + examples) : rare[one];
        square += value * value;
        if (one >= 0) {
          known.push(one * pages);
          values.push(value);
        }
      }
      const length = Math.sqrt(square) || 1;
      for (let at = start; at < values.length; at += 1) values[at] /= length;
    }
    return { places: Int32Array.from(known), values: Float32Array.from(values) };
  };
  const chances = ({ places, values }, into) => {
    into.fill(0);
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at];
      const value = values[at];
      for (let page = 0; page < pages; page += 1) into[page] += value * weights[place + page];
    }
    let most = -Infinity;
    for (let page = 0; page < pages; page += 1) if (into[page] > most) most = into[page];
    let sum = 0;
    for (let page = 0; page < pages; page += 1) sum += into[page] = Math.exp(into[page] - most);
    for (let page = 0; page < pages; page += 1) into[page] /= sum;
    return into;
  };
  const wrong = new Int32Array(pages); // the pages whose chances are felt to be wrong
  const errors = new Float32Array(pages);
  // Takes one step towards the right page; returns how likely that page was before.
  const step = ({ vector: { places, values }, page: right }, steps) => {
    chances({ places, values }, errors);
    const chance = errors[right];
    errors[right] -= 1;
    let count = 0;
    let size = 0;
    for (let page = 0; page < pages; page += 1) {
      if (Math.abs(errors[page]) < FELT) continue;
      wrong[count] = page;
      count += 1;
      size += errors[page] * errors[page];
    }
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at];
      const value = values[at];
      const taken = (steps[place / pages] += size * value * value);
      const far = RATE * value / Math.sqrt(taken);
      for (let one = 0; one < count; one += 1) weights[place + wrong[one]] -= far * errors[wrong[one]];
    }
    return chance;
  };

  return {
    // `taught` are pairs: the words somebody typed, and the number of the page they meant.
    async learn(taught, rest) {
      let lessons = [];
      for (const [said, page] of taught) {
        const kinds = features(said);
        for (const kind of kinds) for (const one of kind) uses[one] += 1;
        lessons.push({ kinds, page });
        if (lessons.length % 50 === 0) await rest();
      }
      examples = lessons.length;
      rare = Float32Array.from(uses, (count) => Math.log((1 + examples) / (1 + count)));
      weights = new Float32Array(uses.length * pages);
      const steps = new Float32Array(uses.length).fill(FIRST_STEP);
      const mean = new Float32Array(weights.length);
      let seed = 1; // the same order every time, so that the same words bring the same pages
      for (let round = 0; round < ROUNDS; round += 1) {
        for (let place = lessons.length - 1; place > 0; place -= 1) {
          seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
          const other = seed % (place + 1);
          [lessons[place], lessons[other]] = [lessons[other], lessons[place]];
        }
        for (const [place, lesson] of lessons.entries()) {
          lesson.vector ??= vector(lesson.kinds);
          lesson.chance = step(lesson, steps);
          if (place % 50 === 0) await rest();
        }
        if (!round) continue;
        for (let place = 0; place < mean.length; place += 1) {
          mean[place] += weights[place] / (ROUNDS - 1);
          if (place % 1e5 === 0) await rest();
        }
        lessons = lessons.filter(({ chance }) => chance < KNOWN);
      }
      weights = mean;
      ready = true;
    },
    // How likely each page is meant by these words.
    chances: (said) => (ready ? chances(vector(features(said)), new Float32Array(pages)) : undefined),
  };
}

// --- The index -------------------------------------------------------------------------------------------------------

const WEIGHTS = { title: 2, heading: 3.5, description: 5, text: 1 };
const STOP = .4;
const QUIET = .5;
const LOUD = 1.5;
const PHRASE = 160;
const EXACT = 1.5;
const OTHER = .8;
const PART = .6;
const NEXT = .4;
const CLOSE = .3;
const WITHIN = .5;
const UNKNOWN = .5;
const LEAST = 1e-4; // the chance of a page that nothing learned speaks for
const ALONE = .05; // the score of a page that only what was learned speaks for; the best of the others has 1
const LIKELY = .02; // such a page is shown from this chance on

// Lets the page breathe between the steps of long work, because typing comes first.
function breather() {
  let started = performance.now();
  return async () => {
    if (performance.now() - started < 12) return;
    await new Promise((resolve) => { setTimeout(resolve); });
    started = performance.now();
  };
}

// How `search_index.py` writes words and phrases. Words that are not common come sorted, without what each shares with
// the one before it: a capital says how much. In a phrase, one sign names a common word, two any other.
function sorted(written) {
  let before = '';
  return Array.from(written.match(/[A-Z][^A-Z]*/g) ?? [], (coded) => {
    before = before.slice(0, coded.charCodeAt(0) - 65) + coded.slice(1);
    return before;
  });
}
const digit = (coded, at) => coded.charCodeAt(at) - (coded.charCodeAt(at) > 92 ? 36 : 35);
function placesIn(coded, common) {
  const places = [];
  for (let at = 0; at < coded.length; at += 1) {
    const first = digit(coded, at);
    places.push(first < common ? first : common + 91 * (first - common) + digit(coded, at += 1));
  }
  return places;
}

// One MiniSearch document for every title, heading, description and section; a page takes the best of each.
function* documents(data, texts) {
  for (const [page, { title, description }] of data.pages.entries()) {
    yield { page, title };
    yield { page, description };
    for (const [section, [, heading, text]] of (texts[page] ?? []).entries()) {
      yield { page, section, heading };
      if (text) yield { page, section, text };
    }
  }
}

// Three things answer together. What people type (titles and the editors' phrases) is compared with the query as a
// whole: how much of the phrase the query says, and how much of the query the phrase says, rare words counting for more.
// This is there first. What the pages say is in a MiniSearch index that `read` fills while the reader is already typing.
// `learn` comes last: what all phrases together teach decides between the pages found, and finds those it is sure of.
export function createIndex(data) {
  const first = [...data.common, ...sorted(data.rare)];
  const phrasesIn = (coded) => (coded ? coded.split('!').map((one) => placesIn(one, data.common.length)) : NONE);
  const alike = phrasesIn(data.alike).map((group) => group.map((word) => first[word]));
  const words = analyser(data.language, data.stop, alike);
  const silent = new Set(data.stop.map(words.stem));
  const vocabulary = []; // the words of phrases; by their places there:
  const terms = []; // what each is searched as
  const lists = []; // the numbers of the phrases that say that
  const uses = []; // how often a word was said since words were counted
  const postings = new Map(); // term: the numbers of the phrases that say it
  const within = new Map(); // term: the phrases that say it as a part of a longer word
  const list = (lists, term) => lists.get(term) ?? lists.set(term, []).get(term);
  const known = new Set();
  const phrases = []; // what people type; `said` holds places in the vocabulary
  const takeWords = (further) => {
    for (const word of further) {
      const term = words.stem(word);
      vocabulary.push(word);
      terms.push(term);
      lists.push(list(postings, term));
      uses.push(0);
      known.add(term);
    }
  };
  const takePhrases = (page, coded) => {
    for (const said of phrasesIn(coded)) {
      for (const word of said) {
        uses[word] += 1;
        if (lists[word].at(-1) !== phrases.length) lists[word].push(phrases.length);
      }
      phrases.push({ page, said, worth: 0 });
    }
  };
  const countWords = () => {
    for (const [place, word] of vocabulary.entries()) words.learn(word, uses[place]);
    uses.fill(0);
  };
  takeWords(first);
  for (const [page, entry] of data.pages.entries()) takePhrases(page, entry.phrases);
  countWords();
  const worths = new Map();
  // What a word says about a page: the fewer pages have it, the more.
  const worthOf = (term) => {
    let found = worths.get(term);
    if (found === undefined) {
      const pages = new Set(postings.get(term)?.map((number) => phrases[number].page)).size;
      found = Math.log(1 + data.pages.length / (2 + pages)) ** .75 * (silent.has(term) ? STOP : pages ? 1 : UNKNOWN);
      worths.set(term, found);
    }
    return found;
  };
  const worthOfPhrase = (phrase) => {
    if (!phrase.worth) for (const term of new Set(phrase.said.map((word) => terms[word]))) phrase.worth += worthOf(term);
    return phrase.worth;
  };
  const professional = new Set(data.professional);
  const plain = (text) => words.words(text).join(' ');
  // Words of which one is meant stand between bars: "scared|afraid of him".
  const crisis = data.crisis.map((phrase) => phrase.split(' ').map((place) => place.split('|')));
  // A long word of crisis is understood with a slip of one letter in it, unless that makes another word people type.
  const means = (word, meant) => word === meant
    || (meant.length > 5 && Math.abs(word.length - meant.length) < 2 && word[0] === meant[0] && !words.counts.has(word) && distance(word, meant) < 2);
  let entries = [];
  let sections = [];
  let engine;
  const learned = learner(data.pages.length, words);

  // What a query asks: for each word, the terms that would answer it, how much the answer is worth, and the words that
  // what was learned is asked about. A word still being typed may become several; a misspelt one is put right, and taken
  // apart only where no word is a single slip away; two words that make one ("paniek aanval") are one.
  function* asked(query) {
    const said = words.words(query);
    const typing = /[\p{L}\p{N}]$/u.test(query);
    for (let place = 0; place < said.length; place += 1) {
      const word = said[place];
      const joined = word + (said[place + 1] ?? '');
      if (place + 1 < said.length && joined.length > 6 && words.counts.has(joined)) {
        const both = [word, said[place + 1]];
        yield { worth: worthOf(words.stem(joined)), whole: words.stem(joined), parts: both.map(words.stem), others: [], said: both };
        place += 1;
        continue;
      }
      const whole = words.stem(word);
      let parts = words.partsOf(word);
      const familiar = known.has(whole) || words.isStop(word);
      let others = typing && place === said.length - 1 && word.length > 2 ? words.completions(word) : [];
      let meant = [word];
      if (!familiar && !others.length && word.length > 3) {
        const corrected = words.corrections(word);
        if (corrected.length && (!parts.length || distance(word, corrected[0]) < 2)) {
          [others, parts, meant] = [corrected, NONE, [word, corrected[0]]];
        }
      }
      others = others.map(words.stem);
      const answer = [whole, ...others, ...parts].find((term) => known.has(term)) ?? whole;
      yield { worth: worthOf(answer), whole, parts, others, said: meant };
    }
  }
  const share = ({ whole, parts, others }, has) =>
    has(whole) ? 1 : others.some(has) ? OTHER : parts.length ? parts.filter(has).length / parts.length : 0;
  const answered = (questions, terms) =>
    questions.reduce((sum, question) => sum + question.worth * share(question, (term) => terms.has(term)), 0);

  return {
    // Take in what came second: further phrases, headings, descriptions and sections.
    async read(MiniSearch, texts, rest = breather()) {
      sections = texts.sections;
      entries = [...documents(data, sections)];
      const further = sorted(texts.rare);
      for (let at = 0; at < further.length; at += 100) {
        takeWords(further.slice(at, at + 100));
        await rest();
      }
      for (const [page, coded] of texts.phrases.entries()) {
        takePhrases(page, coded);
        await rest();
      }
      countWords();
      for (const phrase of phrases) phrase.worth = 0;
      worths.clear();
      for (const parts of sections) {
        for (const [, heading, text] of parts) for (const word of words.words(`${heading} ${text}`)) words.learn(word);
        await rest();
      }
      for (const [number, { said }] of phrases.entries()) {
        for (const word of said) for (const term of words.partsOf(vocabulary[word])) list(within, term).push(number);
        if (number % 100 === 0) await rest();
      }
      const filling = new MiniSearch({
        fields: Object.keys(WEIGHTS),
        tokenize: words.words,
        processTerm: (word, field) => {
          if (words.isStop(word) && field !== 'title') return null;
          const terms = words.terms(word);
          for (const term of [terms].flat()) known.add(term);
          return terms;
        },
      });
      for (const [id, entry] of entries.entries()) {
        filling.add({ id, ...entry });
        await rest();
      }
      worths.clear();
      engine = filling;
    },

    // Learn from the phrases, and from the sections that have been read.
    async learn(rest = breather()) {
      const typed = phrases.map(({ page, said }) => [said.map((word) => vocabulary[word]), page]);
      const read = sections.flatMap((parts, page) => parts.map(([, heading, text]) => [words.words(`${heading} ${text}`), page]));
      await learned.learn([...typed, ...read], rest);
    },

    isCrisis(query) {
      const said = data.harmless.reduce((text, phrase) => text.replaceAll(` ${phrase} `, ' | '), ` ${plain(query)} `).trim().split(' ');
      const fits = (phrase, at) => phrase.every((meant, place) => meant.some((one) => means(said[at + place] ?? '', one)));
      return crisis.some((phrase) => said.some((_, at) => fits(phrase, at)));
    },

    search(query) {
      const questions = [...asked(query)];
      const wanted = questions.reduce((sum, { worth }) => sum + worth, 0);
      if (!wanted) return [];
      const pages = new Map();
      const pageOf = (number) => {
        if (!pages.has(number)) pages.set(number, { page: number, best: {}, terms: new Set(), close: new Set(), likeness: [] });
        return pages.get(number);
      };

      const same = plain(query);
      const hits = new Map();
      for (const question of questions) {
        const shares = new Map();
        for (const term of new Set([...question.parts, ...question.others, question.whole])) {
          const worth = question.worth * share(question, (one) => one === term);
          for (const [typed, part] of [[postings, 1], [within, WITHIN]]) {
            for (const number of typed.get(term) ?? NONE) shares.set(number, Math.max(shares.get(number) ?? 0, worth * part));
          }
        }
        for (const [number, worth] of shares) {
          if (!hits.has(number)) hits.set(number, { sum: 0, by: [] });
          const hit = hits.get(number);
          hit.sum += worth;
          hit.by.push(question);
        }
      }
      for (const [number, { sum, by }] of hits) {
        const phrase = phrases[number];
        const page = pageOf(phrase.page);
        const [said, asked] = [Math.min(sum / worthOfPhrase(phrase), 1), sum / wanted];
        page.likeness.push(said ** 1 * asked ** .8 * (said > .99 && asked > .99 && phrase.said.map((word) => vocabulary[word]).join(' ') === same ? EXACT : 1));
        for (const { whole, parts, others } of by) {
          for (const term of [whole, ...parts, ...others]) {
            if (!known.has(term)) continue;
            page.terms.add(term);
            if (said > CLOSE) page.close.add(term);
          }
        }
      }

      const boosts = new Map();
      for (const { whole, parts, others } of questions) {
        for (const term of others) boosts.set(term, OTHER * (silent.has(term) ? STOP : 1));
        for (const term of parts) boosts.set(term, PART);
        boosts.set(whole, silent.has(whole) ? STOP : 1);
      }
      const quiet = words.words(query).some((word) => professional.has(word)) ? LOUD : QUIET;
      const results = engine?.search([...boosts.keys()].join(' '), {
        tokenize: (text) => text.split(' '),
        processTerm: (term) => term,
        boostTerm: (term) => boosts.get(term),
        boost: WEIGHTS,
        bm25: { k: 2, b: .9, d: 0 },
      });
      for (const { id, score, terms } of results ?? []) {
        const entry = entries[id];
        const page = pageOf(entry.page);
        const kind = Object.keys(WEIGHTS).find((one) => entry[one] !== undefined);
        const worth = score * (kind !== 'title' && data.pages[entry.page].quiet ? quiet : 1);
        if (worth > (page.best[kind]?.worth ?? 0)) page.best[kind] = { worth, section: entry.section };
        for (const term of terms) page.terms.add(term);
      }

      const found = [...pages.values()].map((page) => {
        const likeness = page.likeness.sort((one, other) => other - one).slice(0, 4)
          .reduce((sum, one, place) => sum + one * NEXT ** place, 0) * (answered(questions, page.close) / wanted);
        const reading = Object.values(page.best).reduce((sum, { worth }) => sum + worth, 0) ** .7;
        return { ...page, score: (PHRASE * likeness + reading) * (answered(questions, page.terms) / wanted) ** .5 };
      });
      const chances = learned.chances(questions.flatMap(({ said }) => said));
      if (chances) {
        const most = found.reduce((sofar, { score }) => Math.max(sofar, score), Number.MIN_VALUE);
        for (const [page, chance] of chances.entries()) {
          if (chance > LIKELY && !pages.has(page)) found.push({ page, best: {}, terms: new Set(), score: 0 });
        }
        for (const one of found) one.score = (one.score / most + ALONE) * (chances[one.page] + LEAST);
      }
      found.sort((one, other) => other.score - one.score);
      const floor = (found[0]?.score ?? 0) / 12;
      return found.filter(({ score }, place) => score > 0 && (place < 4 || score > floor)).slice(0, 12).map(({ page, best, terms }) => {
        const [id, heading, text] = sections[page]?.[(best.text ?? best.heading)?.section] ?? [];
        return { page: data.pages[page], section: heading && { id, heading }, text: text ?? '', terms };
      });
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

export function prepare({ data, engine, index, home }) {
  const coming = Promise.all([import(engine), json(index.replace(/search\.json$/, 'search-text.json'))]).catch(() => []);
  const { words } = data;
  const searching = createIndex(data);
  const address = (path) => new URL(path, home).href;

  const input = element('input', {
    type: 'search', id: 'search-words', autocomplete: 'off', autocapitalize: 'none', spellcheck: false,
    enterKeyHint: 'search', placeholder: words.placeholder, maxLength: 120,
  });
  const status = element('p', { className: 'small', role: 'status' });
  const dials = (calls, kind) => calls.map(({ label, number, href }) =>
    element('a', { className: `dial ${kind}`, href }, element('b', {}, number), ` ${label}`));
  const crisis = element('div', { className: 'crisis', hidden: true },
    element('p', {}, element('strong', {}, words.crisis), ` ${words.danger}`), ...dials(data.help.danger, 'danger'),
    element('p', {}, words.talk), ...dials(data.help.talk, 'talk'),
    element('a', { className: 'help', href: address(data.help.url) }, data.help.title));
  const list = element('ol', { className: 'found' });
  const none = element('div', { className: 'none', hidden: true },
    element('p', {}, element('strong', {}, words.none), ` ${words.none_text}`),
    element('p', {}, element('a', { href: address('#all-pages') }, words.all_pages)),
    element('p', {}, element('a', { href: address(data.help.url) }, data.help.title)));
  const form = element('form', { method: 'dialog', className: 'ask' },
    element('label', { htmlFor: 'search-words' }, words.label),
    input,
    element('button', { type: 'button', className: 'close', onclick: () => dialog.close() }, words.close));
  form.setAttribute('role', 'search');
  // On sensitive pages the way out stays within reach while searching.
  const exit = document.querySelector('[data-exit] a');
  const leave = exit && element('a', { className: 'leave', href: exit.href, rel: exit.rel }, ...exit.cloneNode(true).childNodes);
  leave?.addEventListener('click', (event) => { event.preventDefault(); exit.click(); });
  const dialog = element('dialog', { className: 'search' }, leave ?? '', form,
    element('p', { className: 'small' }, words.private), crisis, status, none, list);
  dialog.setAttribute('aria-label', words.label);
  document.body.append(dialog);

  const item = ({ page, section, text, terms }) => {
    const context = text ? searching.context(text, terms) : [];
    const link = element('a', { href: address(page.url + (section?.id ? `#${section.id}` : '')) },
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
    status.replaceChildren(element('span', { className: 'hidden' }, crisis.hidden ? '' : `${words.crisis} ${words.danger} `),
      query.length < 2 ? '' : found.length === 0 ? words.none
        : found.length === 1 ? words.count_one : words.count.replace('{count}', found.length));
    status.classList.toggle('hidden', found.length === 0);
  };
  // Results as they are known now, unless the reader stands on one of them.
  const again = () => { if (dialog.open && !list.contains(document.activeElement)) show(); };
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

  const complete = coming.then(async ([module, texts]) => {
    if (!module) return; // without the texts, search knows titles and everyday words
    await searching.read(module.default, texts);
    again();
    await searching.learn();
    again();
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
