// <kept-draft> around an edit form keeps what is typed in this browser until it is saved: after a crash, an ended session or
// a closed window it is offered again. It also sends a form once, with a fresh form token, and not at all while the site
// cannot be reached.
const PAUSE = 600; // ms after the last change
const OLDEST = 30 * 86_400_000; // ms that a draft is kept
const PATIENCE = 8000; // ms for the site to give the form again
const LONGEST = 15_000; // ms after which what was sent may be sent again

customElements.define("kept-draft", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `draft:${this.dataset.key}`;
    this.said = this.querySelector("[data-kept-said]");
    this.first = this.state();
    this.tidy();
    sessionStorage.removeItem("draft-sent"); // who is back at the form has not saved it
    const kept = this.read();
    if ("sent" in this.dataset) this.keep();
    else if (kept && JSON.stringify(kept.fields) !== JSON.stringify(this.first)) this.offer(kept);
    for (const kind of ["input", "rows"]) this.form.addEventListener(kind, () => this.soon());
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("pagehide", () => this.timer && this.keep());
    addEventListener("pageshow", () => this.rest());
    setInterval(() => this.tell(), 4000);
  }

  /** Names and values as they would be sent, but for what the site gave along; the token tells what they were based on. */
  state() {
    return [...new FormData(this.form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.timer);
    this.timer = null;
    this.closed();
    try {
      localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), fields: this.state() }));
      this.at = Date.now();
    } catch {
      this.at = 0; // the browser keeps nothing: then nothing is promised
    }
    this.tell();
  }

  tell() {
    if (!this.said) return;
    this.said.textContent = this.at ? this.dataset.kept.replace("{when}", this.ago(this.at)) : "";
  }

  ago(at) {
    const seconds = Math.round((Date.now() - at) / 1000), { now, locale } = this.dataset;
    const words = new Intl.RelativeTimeFormat(locale);
    if (seconds < 5) return now;
    if (seconds < 90) return words.format(-seconds, "second");
    if (seconds < 5400) return words.format(-Math.round(seconds / 60), "minute");
    return seconds < 129_600 ? words.format(-Math.round(seconds / 3600), "hour") : words.format(-Math.round(seconds / 86_400), "day");
  }

  offer(kept) {
    this.box = this.querySelector("[data-draft]");
    this.box.querySelector("[data-age]").textContent = this.ago(kept.at);
    this.box.querySelector("[data-take]").addEventListener("click", () => this.take(kept));
    this.box.querySelector("[data-drop]").addEventListener("click", () => this.drop());
    this.box.hidden = false;
  }

  closed() {
    if (this.box) this.box.hidden = true;
  }

  /** The form as it was, with the token that it had: what others saved since is joined to it, not overwritten. */
  take({ fields }) {
    const values = new Map(fields);
    for (const rows of this.form.querySelectorAll("edit-rows")) {
      const held = new Set(rows.rows.map((row) => rows.number(row)));
      const wanted = new Set([...values.keys()].filter((name) => name.startsWith(`${rows.dataset.sort}-`)).map((name) => Number(name.split("-")[1])));
      for (const row of rows.rows) if (!wanted.has(rows.number(row))) row.remove();
      for (const number of wanted) if (!held.has(number)) rows.add(false, number);
    }
    for (const field of this.form.elements) {
      if (!field.name || field.name === "csrfmiddlewaretoken" || field.type === "file") continue;
      if (field.type === "checkbox") field.checked = values.has(field.name);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
    this.closed();
    this.form.elements.body.focus();
    this.form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
  }

  drop() {
    localStorage.removeItem(this.key);
    this.closed();
    this.form.elements.body.focus();
  }

  async send(event) {
    const { submitter } = event;
    if (submitter?.formAction && submitter.hasAttribute("formaction")) return;
    if (this.isSending) return event.preventDefault();
    this.keep();
    if (this.isReached) {
      this.isSending = true;
      sessionStorage.setItem("draft-sent", this.key);
      setTimeout(() => this.rest(), LONGEST);
      return;
    }
    event.preventDefault();
    this.isSending = true;
    const trouble = await this.renew();
    this.isSending = false;
    this.isReached = !trouble;
    if (this.isReached) return this.form.requestSubmit(submitter);
    this.said.textContent = trouble;
    this.said.scrollIntoView({ block: "center" });
    this.at = 0;
  }

  /** Who signed in again in another window has other form tokens since: fetch them anew. Gives a sentence if that fails. */
  async renew() {
    const { away, signedOut } = this.dataset, headers = { "X-Requested-With": "fetch" };
    try {
      const answer = await fetch(this.form.action, { cache: "no-store", headers, signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status === 401) return signedOut;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form.edit-form [name=csrfmiddlewaretoken]");
      if (fresh) this.form.elements.csrfmiddlewaretoken.value = fresh.value;
      return "";
    } catch {
      return away;
    }
  }

  /** The page is here again, by the way back or because the answer never came. */
  rest() {
    this.isSending = this.isReached = false;
  }

  /** Drafts that nobody came back for. */
  tidy() {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith("draft:"))) {
      try {
        if (Date.now() - JSON.parse(localStorage.getItem(key)).at > OLDEST) localStorage.removeItem(key);
      } catch {
        localStorage.removeItem(key);
      }
    }
  }
});
