// <name-offers> around a field with a list: while one types, the list holds the met names that the site offers for it.
const PAUSE = 120; // ms after the last key

customElements.define("name-offers", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.list = this.querySelector("datalist");
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(this.field.value.trim()), PAUSE);
    });
  }

  async ask(said) {
    this.asking?.abort();
    this.asking = new AbortController();
    if ([...this.list.options].some(({ value }) => value === said)) return; // taken from the list
    try {
      const headers = { "X-Requested-With": "fetch" }, { signal } = this.asking;
      const answer = await fetch(`${this.dataset.url}?q=${encodeURIComponent(said)}`, { headers, signal });
      if (!answer.ok || answer.redirected) return;
      const { results } = await answer.json();
      const option = ({ name, title, kind_name: kind }) => Object.assign(document.createElement("option"), { value: name, textContent: name === title ? kind : `${title}, ${kind}` });
      this.list.replaceChildren(...results.map(option));
    } catch {
      // another question came, or the site does not answer: offers are no more than that
    }
  }
});
