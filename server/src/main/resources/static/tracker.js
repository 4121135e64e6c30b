/* Countersign: confirms the address of whoever comes by a link from a message. See docs/guides/tracker.md. */
(() => {
  'use strict';
  const PARAMETER = 'direct-crm-ticket', KEPT = 'countersign-ticket';
  const ACTS = ['pointerdown', 'keydown', 'touchstart'];
  const tag = document.currentScript || document.querySelector('script[src*="/tracker.js"][data-endpoint]');
  if (!tag || window.countersign) return;
  const server = tag.src.replace(/\/tracker\.js([?#].*)?$/, '');
  const endpointId = tag.dataset.endpoint || '';
  const listeners = [];
  let last;

  const attempt = (act, otherwise) => {
    try { return act(); } catch (problem) { return otherwise; }
  };

  /* Never rejects: what went wrong is told as the status "failed", with a code where the server gave one. */
  const post = async (path, type, body) => {
    try {
      const answer = await fetch(server + path, { method: 'POST', mode: 'cors', credentials: 'omit', keepalive: true,
        headers: { 'Content-Type': type }, body: JSON.stringify(body) });
      const told = await answer.json();
      return answer.ok ? told : { status: 'failed', code: told.code };
    } catch (problem) {
      return { status: 'failed' };
    }
  };

  const tell = (listener, answer) => {
    try { listener(answer); } catch (problem) { console.error(problem); }
  };

  /* As plain text no preflight is needed, so it is one round trip. */
  const ticket = async text => {
    const answer = await post('/tickets', 'text/plain', { endpointId, ticket: String(text) });
    last = answer;
    listeners.forEach(listener => tell(listener, answer));
    attempt(() => document.dispatchEvent(new CustomEvent('countersign:ticket', { bubbles: true, detail: answer })));
    return answer;
  };

  const onTicket = listener => {
    listeners.push(listener);
    if (last) tell(listener, last);
  };

  const operation = (name, body) => {
    const transaction = attempt(() => '&transactionId=' + crypto.randomUUID(), '');
    return post('/v3/operations/async?endpointId=' + encodeURIComponent(endpointId) + '&operation='
      + encodeURIComponent(name) + transaction, 'application/json', body || {});
  };

  /* The other parameters stay letter by letter as they are. */
  const takeFromAddress = () => {
    const [address, query] = location.href.split('#')[0].split(/\?(.*)/s);
    const parameters = (query || '').split('&');
    const isTicket = parameter => parameter.split('=')[0] === PARAMETER;
    const found = parameters.find(isTicket);
    if (found === undefined) return '';
    const others = parameters.filter(parameter => !isTicket(parameter)).join('&');
    attempt(() => history.replaceState(history.state, '', address + (others ? '?' + others : '') + location.hash));
    const value = found.slice(PARAMETER.length + 1);
    return attempt(() => decodeURIComponent(value.replace(/\+/g, ' ')), value);
  };

  const keep = text => attempt(() => text ? sessionStorage.setItem(KEPT, text) : sessionStorage.removeItem(KEPT));

  /* Until the person acts the ticket is kept for this tab, so that a reload does not lose it. */
  const afterAct = text => {
    keep(text);
    const act = event => {
      if (!event.isTrusted) return;
      ACTS.forEach(name => removeEventListener(name, act, true));
      keep('');
      ticket(text);
    };
    ACTS.forEach(name => addEventListener(name, act, { capture: true, passive: true }));
  };

  window.countersign = Object.freeze({ ticket, onTicket, operation });
  const waits = tag.dataset.confirm === 'interaction';
  const found = takeFromAddress() || (waits && attempt(() => sessionStorage.getItem(KEPT))) || '';
  if (found) waits ? afterAct(found) : ticket(found);
})();
