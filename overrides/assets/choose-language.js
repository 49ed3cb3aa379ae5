// The root of the site: go to the first of the reader's languages that the site has. Readers of other languages choose.
const choices = new Map([...document.querySelectorAll('[data-choice]')].map((link) => [link.hreflang, link]));
for (const link of choices.values()) link.hash = location.hash;
for (const wanted of navigator.languages ?? [navigator.language]) {
  const link = choices.get(wanted) ?? choices.get(wanted.split('-')[0]);
  if (link) {
    location.replace(link.href);
    break;
  }
}
