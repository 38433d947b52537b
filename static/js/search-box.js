// The search box: names as one types, in a list that arrow keys walk (a combobox, by the patterns of ARIA). On phones and beside
// the text it is folded away, and opens over the header; beside the text open-link.js loads this file when it is first asked for.
const PAUSE = 80; // ms after the last letter, so that fast typing asks less often
const PATIENCE = 500; // ms that the first question waits for the report of what was just read
const TYPED_IN = "input, textarea, select, [contenteditable], [data-keys]"; // and where the look says that letters do nothing

/** An element with a class and what stands in it; blanks between keep its words apart for who hears them. */
const made = (tag, className, ...inside) => {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...inside.flatMap((one) => [one, " "]).slice(0, -1));
  return element;
};

const said = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));

/** The name with the pieces that fit what was typed; places count characters, as the site counts them. */
function marked(name, marks) {
  const letters = Array.from(name), pieces = [], cut = (from, to) => letters.slice(from, to).join("");
  let done = 0;
  for (const [start, end] of marks) {
    pieces.push(cut(done, start), Object.assign(document.createElement("mark"), { textContent: cut(start, end) }));
    done = end;
  }
  return [...pieces, cut(done)];
}

customElements.define("search-box", class extends HTMLElement {
  connectedCallback() {
    const parts = [".search-form", ".search-field", ".search-list", "[role=listbox]", ".search-untold", "[role=status]"];
    [this.form, this.field, this.popup, this.names, this.untold, this.status] = parts.map((one) => this.querySelector(one));
    this.isApart = this.hidden;
    said(this.field, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.names.id });
    this.field.addEventListener("input", () => this.type());
    this.field.addEventListener("focus", () => this.isShut || this.isOpen || this.askSoon()); // a window that comes back gives it too
    this.addEventListener("keydown", (event) => this.key(event));
    this.querySelector(".search-close").addEventListener("click", () => this.leave());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.addEventListener("focusout", ({ relatedTarget: to }) => this.contains(to) || document.activeElement === this.field || this.close());
    document.addEventListener("click", (event) => this.press(event, event.target.closest?.(".search-link")));
    document.addEventListener("keydown", (event) => event.key === "/" && !event.target.closest?.(TYPED_IN) && this.press(event, document.querySelector(".search-link")));
    addEventListener("pagehide", () => this.close());
  }

  get isOpen() {
    return !this.popup.hidden;
  }

  press(event, link) {
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key !== "/");
    if (!link || isHeld || event.defaultPrevented) return;
    event.preventDefault();
    this.open(link);
  }

  /** To the field; where the box is folded away, over the header. */
  open(link) {
    if (document.querySelector(":modal")) return;
    const reading = document.querySelector("reading-place");
    reading?.querySelector("read-along").check(); // what is on screen counts as read before the site is asked who is met
    if (reading?.runs.length) this.told = reading.report();
    if (!this.contains(document.activeElement)) this.back = document.activeElement === document.body ? link : document.activeElement;
    if (this.isApart || !this.getClientRects().length) {
      this.hidden = false;
      this.classList.add("search-over");
    }
    this.field.select();
    this.field.focus();
  }

  close() {
    this.hide();
    this.isShut = false;
    this.classList.remove("search-over");
    this.hidden = this.isApart;
  }

  /** Rows are of what was typed before: none of them is chosen any more. */
  type() {
    this.choose(-1);
    this.askSoon();
  }

  askSoon() {
    this.isShut = false;
    clearTimeout(this.timer);
    this.request?.abort();
    if (!this.field.value.trim()) this.hide();
    else this.timer = setTimeout(() => this.ask(new URLSearchParams(new FormData(this.form))), PAUSE);
  }

  async ask(asked) {
    const request = (this.request = new AbortController());
    let found = [], trouble = this.dataset.lost;
    try {
      await Promise.race([this.told, new Promise((done) => setTimeout(done, PATIENCE))]);
      const answer = await fetch(`${this.dataset.suggest}?${asked}`, { headers: { Accept: "application/json" }, signal: request.signal });
      ({ results: found = [], error: trouble = answer.ok ? "" : trouble } = await answer.json());
    } catch {} // the last row leads on in any case
    if (request === this.request && !request.signal.aborted && document.activeElement === this.field) this.show(found, asked, trouble);
  }

  show(found, asked, trouble) {
    const sign = this.form.querySelector("svg").cloneNode(true), words = this.dataset.all.replace("{words}", () => asked.get("q").trim());
    const last = made("a", "search-all", sign, made("span", "", words), made("kbd", "search-enter", this.dataset.enter));
    last.lastChild.setAttribute("aria-hidden", "true");
    last.href = `${this.form.action}?${asked}`;
    const rows = [...found.map((one) => this.row(one)), last];
    rows.forEach((row, index) => said(row, { id: `search-${index}`, role: "option", tabindex: -1, "aria-selected": "false" }));
    this.names.replaceChildren(...rows);
    this.popup.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.choose(-1);
    this.status.textContent = trouble || (found.length ? this.dataset.some.replace("{count}", found.length) : this.dataset.none);
    this.untold.textContent = found.length ? "" : this.status.textContent; // for the eye what the status is for the ear
  }

  row({ url, name, lang, marks, why, kind, icon, hue, picture, initial, round, seen, story }) {
    const face = made(picture ? "img" : "span", `thumb ${round ? "thumb-round" : ""} ${picture ? "" : "initial"}`);
    if (picture) said(face, { src: picture, alt: "" });
    else said(face, { "aria-hidden": "true" }), (face.textContent = initial);
    const sign = this.form.querySelector("svg").cloneNode(true), use = sign.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
    const title = made("bdi", "search-name");
    title.append(...marked(name, marks));
    const notes = [why && made("span", "search-why", why), story && made("bdi", "search-why", story)].filter(Boolean);
    for (const named of [title, ...notes].filter((one) => one.localName === "bdi")) named.lang = lang;
    const row = made("a", `search-row ${hue}`, face, made("span", "search-words", title, ...notes), made("span", "search-kind", sign, kind), made("span", "search-seen", seen));
    row.href = url;
    return row;
  }

  hide() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.popup.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  /** The row at this place is the chosen one; -1 is the field itself. */
  choose(at) {
    this.at = at;
    for (const [index, row] of [...this.names.children].entries()) row.setAttribute("aria-selected", index === at);
    const row = this.names.children[at];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.field.setAttribute("aria-activedescendant", row.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], count = this.names.children.length + 1;
    const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.isComposing || event.keyCode === 229) return; // letters that are still being put together
    if (event.key === "Escape") {
      event.preventDefault();
      if (!this.isOpen) return this.leave();
      this.hide();
      this.isShut = true;
    } else if (event.key === "Tab") this.hide();
    else if (event.target !== this.field) return;
    else if (step && !isHeld) {
      event.preventDefault();
      if (this.isOpen) this.choose(((this.at + 1 + step + count) % count) - 1);
      else this.askSoon();
    } else if (event.key === "Enter" && this.isOpen && this.at >= 0) {
      event.preventDefault();
      this.names.children[this.at].click();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) this.choose(-1);
  }

  /** Escape from a closed list: back to where one was, with the page as it stands, or to an empty field. */
  leave() {
    this.hide();
    if (!this.classList.contains("search-over")) return void (this.field.value = "");
    this.close();
    this.back.focus({ preventScroll: true });
  }
});

/** Resolves when what gives the box its look is there. */
const styled = (css) => {
  let sheet = document.querySelector(`link[href="${css}"]`);
  if (!css || sheet?.sheet) return undefined;
  if (!sheet) document.head.append((sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: css })));
  return new Promise((done, fail) => {
    sheet.addEventListener("load", done, { once: true });
    sheet.addEventListener("error", () => fail(sheet.remove()), { once: true }); // so that it can be tried again
  });
};

/** Open the box over a page that had neither script nor style for it. */
export async function open(link) {
  await styled(link.dataset.css);
  document.querySelector("search-box").open(link);
}
