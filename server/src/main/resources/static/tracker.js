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

  /* Never rejects: what cannot be told in the answer's own words has the status "failed", with a code if known. */
  const post = async (path, type, content) => {
    try {
      const body = JSON.stringify(content);
      const answer = await fetch(server + path, { method: 'POST', mode: 'cors', credentials: 'omit', body,
        keepalive: body.length < 20000, headers: { 'Content-Type': type } });
      const told = await answer.json();
      return typeof told.status === 'string' ? told : { status: 'failed', code: told.code };
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

  const begin = () => {
    const waits = tag.dataset.confirm === 'interaction';
    const text = takeFromAddress() || (waits && attempt(() => sessionStorage.getItem(KEPT)));
    if (text) waits ? afterAct(text) : ticket(text);
  };

  window.countersign = Object.freeze({ ticket, onTicket, operation });
  /* A page that the browser loads in advance is not yet a visit. */
  if (document.prerendering) document.addEventListener('prerenderingchange', begin, { once: true });
  else begin();
})();
