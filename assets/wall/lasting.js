/* Thirty days without a hand on it: a reload at night, a picture that moves by a hair so that nothing burns in, and the hour
   of what is shown in every card once nothing more comes. */
(function () {
  'use strict';

  const centre = window.centre;
  const page = document.documentElement;
  const SECOND = 1000;
  const MINUTE = 60 * SECOND;
  const DAY = 24 * 60 * MINUTE;
  const VIETNAM = 7 * 60 * MINUTE;
  /* Between three and four in the morning, no two screens in the same minute. */
  const NIGHT = (3 + Math.random()) * 60 * MINUTE;
  const SHIFT_EVERY = 10 * MINUTE;
  const SHIFTS = [[0, 0], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]];
  const began = window.performance.now();

  /* A picture element of the design is moved by four of its 3840. */
  function shift(times) {
    const at = SHIFTS[times % SHIFTS.length];
    page.style.setProperty('--shift-x', 'calc(' + at[0] + ' * var(--hop))');
    page.style.setProperty('--shift-y', 'calc(' + at[1] + ' * var(--hop))');
    window.setTimeout(shift, SHIFT_EVERY, times + 1);
  }

  function night() {
    const now = centre.now();
    const up = window.performance.now() - began;
    if (now && up > 2 * 60 * MINUTE && !page.dataset.lost && !centre.frozen) {
      const hour = (now + VIETNAM) % DAY;
      if (hour >= NIGHT && hour < NIGHT + 60 * MINUTE) { window.location.reload(); return; }
    }
    window.setTimeout(night, MINUTE);
  }

  document.addEventListener('centre:drawn', function () {
    const chip = document.querySelector('.freshness');
    const words = centre.wall && centre.wall.words;
    if (chip && words) page.style.setProperty('--shown-at', JSON.stringify(words.figures_at.replace('{at}', chip.dataset.at || '')));
  });

  shift(0);
  night();
})();
