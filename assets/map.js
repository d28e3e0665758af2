/* The map of the provinces. Borders come once, by address; an answer of the server brings shades and words only. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  /* Of each edition of the map, once it came. */
  const borders = {};
  const fetched = {};
  let called = {};

  function fetchBorders(edition) {
    if (!fetched[edition]) {
      fetched[edition] = window.fetch(centre.root + 'geo/map' + edition + '.json').then(function (answer) {
        if (!answer.ok) throw new Error('borders: ' + answer.status);
        return answer.json();
      }).then(function (found) { borders[edition] = found; });
      fetched[edition].catch(function () { delete fetched[edition]; });
    }
    return fetched[edition];
  }

  function useBorders(edition) {
    const [, drawAgain] = React.useReducer(function (times) { return times + 1; }, 0);
    React.useEffect(function () {
      if (borders[edition]) return undefined;
      let wanted = true;
      let timer = null;
      const load = function () {
        fetchBorders(edition).then(
          function () { if (wanted) drawAgain(); },
          function () { if (wanted) timer = window.setTimeout(load, 3000); }
        );
      };
      load();
      return function () { wanted = false; window.clearTimeout(timer); };
    }, [edition]);
    return borders[edition];
  }

  /* One pattern for what was not reported, on the whole page. */
  function Hatch() {
    const line = element('path', { d: 'M-2 2l4-4M0 8l8-8M6 10l4-4', className: 'map-hatch-line' });
    const ground = element('rect', { width: 8, height: 8, className: 'map-hatch-ground' });
    const pattern = { id: 'hatch', width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'scale(8.5)' };
    return element('defs', null, element('pattern', pattern, ground, line));
  }

  const Province = React.memo(function Province(props) {
    return element('path', {
      d: props.d, className: 'province ' + (props.shade || 'nr'), 'data-province': props.code, fillRule: 'evenodd',
    });
  });

  const Frame = React.memo(function Frame(props) {
    const dots = props.group.dots.map(function (dot, at) {
      return element('circle', { key: at, cx: dot[0], cy: dot[1], r: 24 });
    });
    const box = '0 0 ' + props.group.size.join(' ');
    const drawn = element('svg', { viewBox: box, className: 'map-islands', 'aria-hidden': true },
      element('g', { className: 'islands ' + (props.shade || 'nr'), 'data-archipelago': props.group.code }, dots));
    const words = props.words || ['', ''];
    return element(props.href ? 'a' : 'span', { className: 'map-frame', href: props.href, 'data-of': props.group.province, tabIndex: props.href ? -1 : undefined },
      drawn, element('b', null, words[0]), element('span', null, words[1]));
  });

  /* Provinces that are called by name without a pointer: a ring, a line to the freer side, the name; never one name over
     another. The drawing is in units of the borders, so the letters are measured in them too. */
  const SMALLEST = 0.8;
  const WIDTH = 0.56;

  function Named(props) {
    const own = React.useRef(null);
    const [letter, set] = React.useState(0);
    /* The letters are as high as others of the screen, however large the map is drawn. */
    React.useLayoutEffect(function () {
      function measure() {
        const drawing = own.current.ownerSVGElement;
        const scale = drawing.getScreenCTM();
        const root = parseFloat(window.getComputedStyle(document.documentElement).fontSize);
        if (scale && scale.d) set(Math.ceil(SMALLEST * root / scale.d));
      }
      measure();
      window.addEventListener('resize', measure);
      return function () { window.removeEventListener('resize', measure); };
    }, [props.size[1]]);
    return element('g', { className: 'map-named', ref: own }, letter ? names(props, letter) : null);
  }

  function names(props, letter) {
    const reach = 1.8 * letter;
    const placed = props.named.map(function (each) {
      const at = props.at[each[0]] || [0, 0];
      const wide = reach + (0.4 + WIDTH * each[1].length) * letter;
      const left = at[0] + wide > props.size[0] && at[0] - wide > 0;
      return { code: each[0], name: each[1], status: each[2], x: at[0], y: at[1], left: left, row: at[1] };
    }).sort(function (a, b) { return a.y - b.y; });
    for (const side of [true, false]) {
      const those = placed.filter(function (each) { return each.left === side; });
      for (let at = 1; at < those.length; at += 1) those[at].row = Math.max(those[at].row, those[at - 1].row + 1.25 * letter);
      const over = those.length ? those[those.length - 1].row + 0.5 * letter - props.size[1] : 0;
      for (let at = those.length - 1, free = Infinity; over > 0 && at >= 0; at -= 1) {
        those[at].row = Math.min(those[at].row, props.size[1] - 0.5 * letter, free);
        free = those[at].row - 1.25 * letter;
      }
    }
    return placed.map(function (each) {
      const way = each.left ? -1 : 1;
      const end = each.x + way * reach;
      return element('g', { key: each.code, className: 'map-name', 'data-status': each.status },
        element('path', { d: 'M' + each.x + ' ' + each.y + 'L' + end + ' ' + each.row, className: 'map-leader' }),
        element('circle', { cx: each.x, cy: each.y, r: 0.3 * letter }),
        element('text', {
          x: end + way * 0.25 * letter, y: each.row + 0.35 * letter, fontSize: letter, textAnchor: each.left ? 'end' : 'start',
        }, each.name));
    });
  }

  function Tip(props) {
    const tip = props.tip;
    if (!tip) return null;
    const summed = props.summed.includes(tip.code);
    const pattern = summed ? props.derived : props.marked;
    const mark = pattern && tip.words[0] ? { [summed ? 'data-derived' : 'data-figure']: pattern.replace('*', tip.code) } : null;
    const status = tip.words[1];
    const sign = status ? element('span', { className: 'glyph glyph-' + status, 'aria-hidden': true }) : null;
    return element('span', { className: 'tip map-tip', style: { left: tip.left + 'px', top: tip.top + 'px' } },
      element('b', null, called[tip.code] || tip.code),
      element('span', mark, tip.words[0] || props.absent),
      sign, element('span', null, status ? props.statuses[status] : ''));
  }

  function ProvinceMap(props) {
    const found = useBorders(props.edition);
    const [tip, show] = React.useState(null);
    const box = React.useRef(null);
    if (!found) return element('div', { className: 'map map-waiting' }, props.children);

    function point(event) {
      const hit = event.target.closest('[data-province], [data-of]');
      if (!hit) { show(null); return; }
      const code = hit.dataset.province || hit.dataset.of;
      const frame = box.current.getBoundingClientRect();
      const left = Math.min(Math.max(event.clientX - frame.left, 70), frame.width - 70);
      show({ code: code, words: (props.marks[code] || []).slice(1), left: left, top: event.clientY - frame.top });
    }
    /* Some readers may open the pages of some provinces alone; for all others `leads` is not there. */
    function leads(code) {
      return Boolean(props.path) && (!props.leads || props.leads.includes(code));
    }
    function follow(event) {
      const hit = event.target.closest('[data-province]');
      if (hit && leads(hit.dataset.province)) centre.go(props.path + hit.dataset.province);
    }

    const codes = Object.keys(found.provinces);
    const provinces = codes.map(function (code) {
      return element(Province, { key: code, code: code, d: found.provinces[code], shade: (props.marks[code] || [])[0] });
    });
    const pointed = props.named ? element(Named, { named: props.named, at: found.at, size: found.size }) : null;
    const here = props.here ? element('path', { d: found.provinces[props.here], className: 'map-here', fillRule: 'evenodd' }) : null;
    const svg = element('svg', {
      preserveAspectRatio: 'xMidYMin meet', viewBox: '-12 -12 ' + (found.size[0] + 24) + ' ' + (found.size[1] + 24), className: 'map-land', role: 'img',
      'aria-label': props.description, onClick: follow,
    }, element(Hatch), element('path', { d: found.outline, className: 'map-outline' }), provinces, here, pointed);
    const frames = found.islands.map(function (group) {
      return element(Frame, {
        key: group.code, group: group, shade: (props.marks[group.province] || [])[0], words: props.islands[group.code],
        href: leads(group.province) ? props.path + group.province : undefined,
      });
    });
    return element('div', {
      className: 'map' + (props.path && !props.leads ? ' map-leads' : ''), ref: box,
      onPointerMove: point, onPointerLeave: function () { show(null); },
    }, svg, element('div', { className: 'map-side' }, props.children, element('div', { className: 'map-frames' }, frames)),
    element(Tip, { tip: tip, absent: props.absent, statuses: props.statuses, marked: props.marked, derived: props.derived, summed: props.summed }));
  }

  centre.called = function (code) { return called[code] || code; };
  centre.drawn.ProvinceMap = ProvinceMap;
  centre.drawn.ProvinceNames = function ProvinceNames(props) {
    called = props.names;
    return null;
  };

  /* A row and its province point at each other. */
  document.addEventListener('pointerover', function (event) {
    const hit = event.target instanceof Element ? event.target.closest('[data-province], tr[data-agency]') : null;
    const code = hit ? hit.dataset.province || hit.dataset.agency : null;
    for (const each of document.querySelectorAll('.is-pointed')) each.classList.remove('is-pointed');
    if (!code) return;
    const named = window.CSS.escape(code);
    const both = '[data-province="' + named + '"], tr[data-agency="' + named + '"]';
    for (const each of document.querySelectorAll(both)) each.classList.add('is-pointed');
  });
})();
