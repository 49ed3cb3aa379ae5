// Reads the page aloud with a voice of the device itself: the text goes nowhere. Piece by piece, because some browsers
// fall silent in long ones.
const PIECES = 'h1, h2, h3, p, li, figcaption, dt, dd';
const SILENT = 'nav, .where, .jump, .tools, .share, .pdf, .meta, .contents, .references, .helpline, .pacer, .write, .scale, svg';

const pieces = (article) => [...article.querySelectorAll(PIECES)]
  .filter((piece) => !piece.closest(SILENT) && !piece.querySelector(PIECES) && piece.getClientRects().length)
  .map((piece) => piece.textContent.replaceAll('\u00ad', '').trim())
  .filter(Boolean);

export function prepare({ button, voice, words }) {
  const say = (texts) => {
    for (const [number, text] of texts.entries()) {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      if (number === texts.length - 1) utterance.onend = stop;
      speechSynthesis.speak(utterance);
    }
  };
  const stop = () => {
    speechSynthesis.cancel();
    button.textContent = words.start;
    button.setAttribute('aria-pressed', 'false');
  };
  addEventListener('pagehide', stop);
  return {
    toggle() {
      if (button.getAttribute('aria-pressed') === 'true') return stop();
      button.textContent = words.stop;
      button.setAttribute('aria-pressed', 'true');
      say(pieces(document.querySelector('article')));
    },
  };
}
