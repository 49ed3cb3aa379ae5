// An old address: go to the new one before the page itself does, and take the #section along.
const link = document.querySelector('[data-moved]');
link.hash = location.hash;
location.replace(link.href);
