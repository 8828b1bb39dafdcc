/** All the script there is: it takes a receipt's code from behind the `#` of the address, where it is sent to nobody, and prints. */
export const PUBLIC_SCRIPT = `'use strict';
const code = document.querySelector('input[name=code]');
if (code && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1)).slice(0, 60);
  history.replaceState(null, '', location.pathname + location.search);
}
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
`;
