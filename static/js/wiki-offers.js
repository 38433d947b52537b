// <wiki-offers> around a field: after [[ it offers the names that its writer has met, after { the paragraphs read last.
// The focus stays in the field; arrows choose, Enter or Tab takes, Escape closes. Nothing chosen: every key is the field's.
const LINK = /\[\[([^[\]\n|{}]{0,80})$/;
const CITE = /\{([0-9:.]{0,14})$/;
const CITED = /\{([0-9]+(?::[0-9.]+)?)\}/g;
const PAUSE = 120; // ms after the last key before names are asked for
const COPIED = ["fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing", "paddingTop", "paddingLeft", "paddingRight", "borderTopWidth", "borderLeftWidth", "borderRightWidth", "tabSize"];

customElements.define("wiki-offers", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.said = this.querySelector("[data-offers-said]");
    this.list = Object.assign(document.createElement("ul"), { id: "offers", className: "edit-offers", hidden: true });
    this.list.role = "listbox";
    this.list.ariaLabel = this.dataset.label;
    this.append(this.list);
    this.field.ariaAutoComplete = "list";
    this.field.setAttribute("aria-haspopup", "listbox");
    this.field.addEventListener("input", () => this.look());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.field.addEventListener("scroll", () => this.list.hidden || this.place());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", ({ target }) => this.take(target.closest("[role=option]")));
  }

  /** What stands before the caret decides what is offered. */
  look() {
    clearTimeout(this.timer);
    const { selectionStart: at, selectionEnd: end, value } = this.field;
    const before = at === end ? value.slice(Math.max(0, at - 90), at) : "";
    const link = LINK.exec(before), cite = link ? null : CITE.exec(before);
    if (!link && !cite) return this.close();
    this.start = at - (link ?? cite)[0].length;
    this.timer = setTimeout(() => (link ? this.names(link[1]) : this.paragraphs(cite[1])), link ? PAUSE : 0);
  }

  async ask(url) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" }, signal: this.asking.signal });
      return answer.ok && !answer.redirected ? (await answer.json()).results : [];
    } catch {
      return null; // another question came, or the site does not answer: offers are no more than that
    }
  }

  async names(said) {
    const found = await this.ask(`${this.dataset.names}?q=${encodeURIComponent(said)}`);
    if (found) this.show(found.map(({ name, title, kind_name: kind }) => ({ value: `[[${name}]]`, words: name, note: name === title ? kind : `${title}, ${kind}` })));
  }

  async paragraphs(said) {
    this.read ??= await this.ask(this.dataset.paragraphs);
    const used = [...this.field.value.slice(0, this.start).matchAll(CITED)].at(-1)?.[1];
    const offers = (this.read ?? []).map(({ point, words }) => ({ value: `{${point}}`, words: point, note: words }));
    if (used) offers.unshift({ value: `{${used}}`, words: used, note: this.dataset.last });
    this.show(offers.filter(({ words }) => words.startsWith(said)));
  }

  show(offers) {
    if (!offers.length || document.activeElement !== this.field) return this.close();
    this.list.replaceChildren(...offers.map(({ value, words, note }, index) => {
      const item = Object.assign(document.createElement("li"), { id: `offer-${index}`, role: "option" });
      item.dataset.value = value;
      const aside = Object.assign(document.createElement("span"), { className: "edit-offer-note", textContent: note });
      item.append(Object.assign(document.createElement("span"), { textContent: words }), " ", aside);
      return item;
    }));
    this.list.hidden = false;
    this.field.setAttribute("aria-controls", "offers");
    this.place();
    this.mark(0);
    this.said.textContent = this.dataset.count.replace("{count}", offers.length);
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.said.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }

  mark(index) {
    const items = [...this.list.children];
    this.index = (index + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", at === this.index));
    items[this.index].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", items[this.index].id);
  }

  key(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(this.index + step);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.list.children[this.index]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  take(item) {
    if (!item) return;
    const { value } = item.dataset, { selectionStart: at, value: text } = this.field;
    const closing = value.startsWith("[") ? "]]" : "}";
    const end = text.startsWith(closing, at) ? at + closing.length : at;
    this.close();
    this.closest("wiki-editor").insert(value, this.start, end);
    this.close();
  }

  /** Below the line of the caret, or above it where the window ends; within the field's width. */
  place() {
    const style = getComputedStyle(this.field), mirror = document.createElement("div"), mark = document.createElement("span");
    for (const name of COPIED) mirror.style[name] = style[name];
    Object.assign(mirror.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", overflowWrap: "anywhere", inlineSize: `${this.field.clientWidth}px`, boxSizing: "border-box" });
    mark.textContent = "\u200b";
    mirror.append(this.field.value.slice(0, this.start), mark);
    this.append(mirror);
    const line = mark.offsetTop - this.field.scrollTop + this.field.offsetTop, height = this.list.offsetHeight;
    const below = line + mark.offsetHeight + 4, above = line - height - 4, { top } = this.getBoundingClientRect();
    const isLow = top + below + height > visualViewport.height && top + above > 0;
    const room = this.clientWidth - this.list.offsetWidth;
    Object.assign(this.list.style, { insetBlockStart: `${isLow ? above : below}px`, left: `${Math.max(0, Math.min(mark.offsetLeft, room))}px` });
    mirror.remove();
  }
});
