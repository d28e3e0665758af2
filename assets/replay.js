/* A day that is chosen in a field becomes a part of the address, which drops what was of another day; the day of the
   product needs none. */
(function () {
  'use strict';

  document.addEventListener('change', function (event) {
    const field = event.target instanceof Element ? event.target.closest('input[data-goes]') : null;
    if (!field || !field.validity.valid || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(field.value)) return;
    const wanted = field.value === field.dataset.today ? '' : field.value;
    const menu = field.closest('details');
    if (menu) menu.open = false;
    const dropped = (field.dataset.drops || '').split(' ').filter(Boolean).map(function (name) { return '&' + name + '='; });
    window.centre.go('?' + field.dataset.goes + '=' + wanted + dropped.join(''));
  });
})();
