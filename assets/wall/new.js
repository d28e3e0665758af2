/* What is new to this screen. For ten seconds a figure that it did not show is underlined, and the square of a report that
   came is outlined; where the date of a task has passed the playlist turns to the tasks and stays there a while. */
(function () {
  'use strict';

  const centre = window.centre;
  const SECOND = 1000;
  const NEW_FOR = 10 * SECOND;
  const STAY = 5 * 60 * SECOND;
  /* The states of a report that came; one that is merely late by now did not. */
  const CAME = ['on_time', 'late', 'rejected'];
  const TASKS = 'tasks';
  const LATE = 'late';
  const known = new Map();
  const marked = new Map();
  let staying = null;

  /* Every figure, group of squares and passed date that a part shows. */
  function seen(node, found) {
    if (!Array.isArray(node)) return typeof node === 'string' || typeof node === 'number' ? String(node) : '';
    const isNode = typeof node[0] === 'string';
    const text = (isNode ? node.slice(2) : node).map(function (each) { return seen(each, found); }).join('');
    if (!isNode) return text;
    const marks = node[1] || {};
    const figure = marks['data-figure'] || marks['data-derived'];
    if (figure) found.figures.set(figure, text);
    if (marks['data-squares']) found.squares.set(marks['data-squares'], counted(marks['data-counts']));
    if (marks['data-passed']) marks['data-passed'].split(' ').forEach(function (code) { found.passed.add(code); });
    return text;
  }

  function counted(text) {
    return new Map(text.split(' ').map(function (each) {
      const [state, count] = each.split(':');
      return [state, Number(count)];
    }));
  }

  /* A part that is seen for the first time is not new, and neither is the screen itself. */
  function compare(trees) {
    const until = window.performance.now() + NEW_FOR;
    let passed = false;
    for (const name of Object.keys(trees)) {
      const found = { figures: new Map(), squares: new Map(), passed: new Set() };
      seen(trees[name], found);
      const before = known.get(name);
      known.set(name, found);
      if (!before) continue;
      for (const [mark, text] of found.figures) {
        if (before.figures.get(mark) !== text) marked.set(mark, { until: until });
      }
      for (const [group, counts] of found.squares) {
        const then = before.squares.get(group);
        for (const state of then ? CAME : []) {
          const more = (counts.get(state) || 0) - (then.get(state) || 0);
          if (more > 0) marked.set(group + ' ' + state, { until: until, group: group, state: state, count: more });
        }
      }
      for (const code of found.passed) passed = passed || !before.passed.has(code);
    }
    if (passed) turn();
  }

  function figures() {
    return document.querySelectorAll('.wall-screen [data-figure], .wall-screen [data-derived]');
  }

  function mark() {
    const now = window.performance.now();
    for (const [name, each] of marked) if (each.until <= now) marked.delete(name);
    for (const each of document.querySelectorAll('.is-new')) each.classList.remove('is-new');
    if (!marked.size) return;
    for (const each of figures()) if (marked.has(each.dataset.figure || each.dataset.derived)) each.classList.add('is-new');
    for (const each of marked.values()) if (each.group) outline(each);
  }

  /* Those that came stand last of their state. */
  function outline(which) {
    const group = document.querySelector('.wall-screen [data-squares="' + which.group + '"]');
    const squares = group ? Array.from(group.getElementsByClassName('sq-' + which.state)) : [];
    for (const each of squares.slice(-which.count)) each.classList.add('is-new');
  }

  /* Nobody is interrupted who holds the wall as it is. */
  function turn() {
    const wall = centre.wall;
    if (!wall || centre.frozen || (wall.held && wall.held !== LATE)) return;
    const at = wall.scenes.findIndex(function (scene) { return scene.show === TASKS; });
    if (at < 0) return;
    wall.go(at);
    wall.hold(LATE);
    window.clearTimeout(staying);
    staying = window.setTimeout(function () {
      if (centre.wall.held === LATE) centre.wall.hold('');
    }, STAY);
  }

  document.addEventListener('centre:drawn', function (event) {
    compare(event.detail.trees);
    mark();
    if (marked.size) window.setTimeout(mark, NEW_FOR + SECOND / 10);
  });
  document.addEventListener('centre:scene', mark);
})();
