/* The matrix of reports: regime, period, due day and state of the mark under the pointer, or of the one that the arrow
   keys lead to from the name of an agency. The marks are read as they are drawn; nothing is asked. */
(function () {
  'use strict';

  const React = window.React;
  const element = React.createElement;
  const centre = window.centre;
  /* Half of what is shown, in the measure of the page. */
  const HALF = 9.5;

  function Tip(props) {
    const state = props.state;
    return element('span', { className: 'tip matrix-tip', role: 'status', style: props.place },
      element('b', null, props.names[0]), element('span', null, props.names[1]),
      element('span', { className: 'glyph glyph-' + state[0], 'aria-hidden': true }), element('span', null, state[1]));
  }

  function ReportMatrix(props) {
    const [seen, show] = React.useState(null);
    const box = React.useRef(null);

    /* The state whose path holds the mark of a column; null where no report is owed. */
    function stateOf(row, column) {
      const begin = 'M' + props.lefts[column] + ' ';
      const found = Array.from(row.querySelectorAll('path')).find(function (path) {
        return path.getAttribute('d').includes(begin);
      });
      return found ? found.dataset.state : null;
    }

    function look(row, column) {
      const state = stateOf(row, column);
      if (!state) { show(null); return; }
      const frame = box.current.getBoundingClientRect();
      const drawn = row.getBoundingClientRect();
      const left = drawn.left - frame.left + drawn.width * (props.lefts[column] + props.mark / 2) / props.width;
      const half = HALF * parseFloat(window.getComputedStyle(document.documentElement).fontSize);
      const inside = Math.min(Math.max(left, half), Math.max(half, frame.width - half));
      show({ row: row, column: column, state: state, place: { left: inside + 'px', top: drawn.top - frame.top + 'px' } });
    }

    function point(event) {
      const cell = event.target.closest('tbody .matrix-marks');
      const row = cell && cell.querySelector('.matrix-row');
      if (!row) { show(null); return; }
      const drawn = row.getBoundingClientRect();
      const across = props.width * (event.clientX - drawn.left) / drawn.width;
      const column = props.lefts.findLastIndex(function (left) { return left <= across; });
      if (column < 0 || across >= props.lefts[column] + props.pitch) show(null);
      else look(row, column);
    }

    function step(event) {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const line = event.target.closest('tr[data-agency]');
      if (!line || (!way && event.key !== 'Escape')) return;
      if (!way) { show(null); return; }
      event.preventDefault();
      const row = line.querySelector('.matrix-row');
      const last = props.lefts.length - 1;
      let column = seen && seen.row === row ? seen.column + way : way > 0 ? 0 : last;
      while (column >= 0 && column <= last && !stateOf(row, column)) column += way;
      if (column >= 0 && column <= last) look(row, column);
    }

    const hide = function () { show(null); };
    return element('div', { className: 'matrix-box', ref: box, onPointerMove: point, onPointerLeave: hide, onKeyDown: step, onBlur: hide },
      ...React.Children.toArray(props.children),
      seen ? element(Tip, { names: props.columns[seen.column], state: props.states[seen.state], place: seen.place }) : null);
  }

  centre.drawn.ReportMatrix = ReportMatrix;
})();
