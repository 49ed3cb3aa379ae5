// The breathing pacer: six rounds, four counts in and six out. It starts only when asked, and stops at once when asked.
const ROUNDS = 6;
const SECONDS = { in: 4, out: 6 };

for (const pacer of document.querySelectorAll('.pacer')) {
  const words = pacer.dataset;
  const button = pacer.querySelector('button');
  const breath = pacer.querySelector('.breath');
  const [said, count] = breath.querySelectorAll('b, span');
  let timer;

  const stop = (text) => {
    clearInterval(timer);
    timer = undefined;
    breath.className = 'breath';
    said.textContent = text;
    count.textContent = '';
    button.textContent = words.start;
  };
  const start = () => {
    let phase = 'out';
    let left = 0;
    let round = 0;
    const tick = () => {
      if (left === 0) {
        phase = phase === 'in' ? 'out' : 'in';
        if (phase === 'in') round += 1;
        if (round > ROUNDS) return stop(words.done);
        left = SECONDS[phase];
        said.textContent = words[phase];
        breath.className = `breath ${phase}`;
      }
      count.textContent = left;
      left -= 1;
    };
    breath.hidden = false;
    button.textContent = words.stop;
    tick();
    timer = setInterval(tick, 1000);
  };
  button.hidden = false;
  button.addEventListener('click', () => (timer ? stop('') : start()));
  addEventListener('pagehide', () => stop(''));
}
