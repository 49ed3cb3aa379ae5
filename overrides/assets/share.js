// Sharing: copies links and messages, and puts buttons for that beside the links that stand on the page anyway.
// Nothing is sent anywhere; a message leaves this device when the reader sends it.
const SHOWN_FOR = 4000; // milliseconds

// The address that counts: the same link as seen from the page's own published address, wherever this copy stands.
const home = document.querySelector('link[rel=canonical]')?.href ?? document.baseURI;
export const published = (link) => new URL(link.getAttribute('href'), home).href;

export function prepare(words) {
  const said = document.createElement('p');
  said.className = 'said';
  said.setAttribute('role', 'status');
  document.body.append(said);
  let timer;
  const say = (text) => {
    clearTimeout(timer);
    said.textContent = text;
    if (text) timer = setTimeout(say, SHOWN_FOR, '');
  };

  // Where a browser does not let a page copy, the text stands selected in a box.
  const offer = (text, near) => {
    let box = near.parentElement.querySelector('.by-hand');
    if (!box) {
      box = document.createElement('textarea');
      box.className = 'by-hand';
      box.readOnly = true;
      box.rows = 2;
      box.setAttribute('aria-label', words.copy_failed);
      near.after(box);
    }
    box.value = text;
    box.focus();
    box.select();
    say(words.copy_failed);
  };
  const copy = async (text, near) => {
    try {
      await navigator.clipboard.writeText(text);
      say(words.copied);
    } catch {
      offer(text, near);
    }
  };

  const button = (label, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.addEventListener('click', () => act(made));
    return made;
  };
  const messages = (kind, url) => words.messages.map(({ language, label, [kind]: text }) => {
    const made = button(label, (one) => copy(text.replace('{url}', url()), one));
    made.dataset.message = language;
    return made;
  });

  return {
    copy,
    say,
    copier(name, text) {
      const made = button(words.copy, (one) => copy(text(), one));
      made.setAttribute('aria-label', `${words.copy}: ${name}`);
      return made;
    },
    // Buttons for messages about a page or a list, and for other apps where the device can hand a link on.
    ways(kind, url) {
      const made = messages(kind, url);
      if (navigator.share) made.push(button(words.send, () => navigator.share({ url: url() }).catch(() => {})));
      return made;
    },
    enhance(panel) {
      const links = [...panel.querySelectorAll('li a')];
      for (const link of links) link.after(this.copier(link.textContent, () => published(link)));
      const ways = panel.querySelector('.ways');
      const list = ways.querySelector('[data-list]');
      if (list) list.hash = `#1-${list.dataset.list}`;
      ways.prepend(...this.ways('page', () => published(links[0])), button(words.print, () => print()));
    },
  };
}
