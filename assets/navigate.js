/* Links within the centre change the address and nothing else: the page reads its state from there. A link of the
   library scrolls to the top at every click; these keep the place where the reader is. */
(function () {
  'use strict';

  document.addEventListener('click', function (event) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest('a[href]');
    if (!link || link.target || link.origin !== window.location.origin || link.dataset.reload) return;
    if (link.pathname !== window.location.pathname || link.getAttribute('href').startsWith('#')) return;
    event.preventDefault();
    if (link.href === window.location.href) return;
    window.history.pushState({}, '', link.href);
    window.dispatchEvent(new PopStateEvent('popstate'));
  });
})();
