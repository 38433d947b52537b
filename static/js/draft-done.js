// <draft-done> stands on the page that follows a save: what was sent from this window needs no draft any more.
customElements.define("draft-done", class extends HTMLElement {
  connectedCallback() {
    const key = sessionStorage.getItem("draft-sent");
    if (key) localStorage.removeItem(key);
    sessionStorage.removeItem("draft-sent");
  }
});
