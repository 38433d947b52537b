// <live-preview> asks for the preview of the form that it stands in while one types, in markdownx's place for it. Only what
// our own view made is shown: an error or a page to sign in becomes one sentence.
const PAUSE = 500; // ms after the last change; longer where the answer takes longer
const AGAIN = 8000; // ms until a question that got no answer is asked again

customElements.define("live-preview", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.said = this.querySelector("[data-preview-said]");
    this.place = this.querySelector("[data-preview]");
    const shown = this.form.querySelector(".markdownx-preview");
    if (shown) this.place = this.appendChild(Object.assign(shown, { innerHTML: this.place.innerHTML })) && (this.place.remove(), shown);
    this.url = this.form.elements.body.dataset.markdownxUrlsPath;
    this.looks = this.form.querySelector("[data-looks-said]");
    this.took = 0;
    this.form.addEventListener("input", ({ target }) => target.name !== "summary" && this.soon());
    this.form.addEventListener("rows", () => this.soon());
    this.ask();
  }

  soon(pause = Math.max(PAUSE, 2 * this.took)) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), pause);
  }

  async ask(isAgain = false) {
    clearTimeout(this.timer);
    this.asking?.abort();
    const { signal } = (this.asking = new AbortController()), began = performance.now();
    const body = new FormData(this.form);
    body.set("content", body.get("body")); // as markdownx calls it
    body.delete("body");
    try {
      const answer = await fetch(this.url, { method: "POST", body, signal, headers: { "X-Requested-With": "fetch" } });
      const text = await answer.text();
      this.took = Math.min(2000, performance.now() - began);
      if (answer.ok && !answer.redirected && answer.headers.get("X-Fragment") === "preview") this.show(text);
      else if (answer.status === 403 && !isAgain && !(await this.closest("kept-draft")?.renew())) this.ask(true);
      else this.fail(answer, text);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.say(this.dataset.failed);
      this.soon(AGAIN);
    }
  }

  show(html) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html; // rendered and sanitised by our own view, and by nothing else
    const made = fresh.firstElementChild, old = this.place.querySelectorAll(".preview-block");
    // While a line is unfinished, what was there before stays below what is to be said of it.
    if (made.querySelector(".preview-slip") && old.length) {
      for (const block of old) block.classList.add("is-behind");
      made.append(...old);
    }
    const before = [...old].map((block) => block.innerHTML);
    this.place.replaceChildren(made);
    this.tame();
    if (before.length) this.follow([...made.querySelectorAll(".preview-block")].find((block, index) => block.innerHTML !== before[index]));
    this.say("");
    const count = Number(made.dataset.looks), { one, many } = this.looks.dataset;
    this.looks.textContent = count ? (count === 1 ? one : many.replace("{count}", count)) : "";
    this.propose(made.dataset.proposals);
  }

  /** Bring what has just changed into sight, where the preview scrolls by itself beside the text. */
  follow(block) {
    const pane = this.closest(".edit-preview"), { top, bottom } = pane.getBoundingClientRect();
    const place = block?.getBoundingClientRect();
    if (place && (place.top < top || place.bottom > bottom)) pane.scrollBy({ top: place.top - top - 80, behavior: "instant" });
  }

  /** Links of the preview are no stops between the text and Save, and lead away in a window of their own. */
  tame() {
    for (const link of this.place.querySelectorAll("a[href]")) Object.assign(link, { tabIndex: -1, target: "_blank" });
  }

  /** Where each undated name first stands in what was read. */
  propose(said) {
    const points = said.split(","), fields = this.form.querySelectorAll('[name^="names-"][name$="-since"]');
    fields.forEach((field, index) => (field.placeholder = points[index] ?? ""));
  }

  fail(answer, text) {
    let sentence = this.dataset.failed;
    try {
      if (answer.status < 429) sentence = JSON.parse(text).error ?? sentence;
    } catch {
      if (answer.redirected) sentence = this.dataset.signedOut;
    }
    this.say(sentence);
    if (answer.status >= 500 || answer.status === 429) this.soon(1000 * Number(answer.headers.get("Retry-After")) || AGAIN);
  }

  say(words) {
    if (this.said.textContent !== words) this.said.textContent = words;
  }
});
