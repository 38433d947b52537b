// Copies the address of a paragraph, or bookmarks it: from its number in the margin, by keyboard (one tab stop, up and down),
// and on small screens from a selection in it. Its bar says what was done; the words stand in the template.
customElements.define("paragraph-tools", class extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector(".paragraph-bar");
    this.said = this.bar.querySelector("[role=status]");
    this.actions = this.bar.querySelector("[hidden]");
    this.address = this.actions.querySelector("input");
    this.addEventListener("click", (event) => this.click(event));
    document.addEventListener("selectionchange", () => this.select());
    document.addEventListener("pointerdown", ({ target }) => this.bar.contains(target) || this.close());
    document.addEventListener("keydown", (event) => this.key(event));
    this.text = this.closest("steady-text");
    this.bookmarksUrl = this.closest("main").dataset.bookmarksUrl;
    const ours = document.querySelector(`header a[href="${this.bookmarksUrl}"]`);
    ours?.addEventListener("click", () => (ours.search = `?at=${this.text.place?.label ?? ""}`));
  }

  of(node) {
    return this.text.paragraphs.find(({ element }) => element.contains(node));
  }

  click(event) {
    const number = event.target.closest(".n"), isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (isHeld || !(number || event.target.closest("button"))) return;
    if (number) this.open(this.of(number));
    event.preventDefault();
    this.copy();
  }

  async copy() {
    const { url } = this.chosen;
    try {
      await navigator.clipboard.writeText(url);
      this.said.textContent = this.said.dataset.copied;
    } catch {
      Object.assign(this.address, { hidden: false, value: url });
      this.address.select();
    }
  }

  open(paragraph) {
    this.close();
    this.chosen = paragraph;
    for (const link of this.actions.querySelectorAll("a")) link.search = `?at=${paragraph.label}`;
    this.actions.querySelector("span").textContent = paragraph.label;
    this.actions.hidden = false;
  }

  close() {
    this.actions.hidden = this.address.hidden = true;
    this.said.textContent = "";
  }

  /** Where the margin has no numbers, or no pointer can hover over them. */
  select() {
    const { isCollapsed, anchorNode } = getSelection();
    const paragraph = isCollapsed ? undefined : this.of(anchorNode);
    const hasNumber = paragraph?.link.getClientRects().length && matchMedia("(hover: hover)").matches;
    if (paragraph && !hasNumber && paragraph !== this.chosen) this.open(paragraph);
  }

  key(event) {
    if (event.key === "Escape") this.close();
    const focused = this.of(document.activeElement);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === "Tab" && !focused) this.mark(this.text.place);
    if (!step || !focused) return;
    event.preventDefault();
    const { paragraphs } = this.text;
    this.mark(paragraphs[paragraphs.indexOf(focused) + step])?.focus();
  }

  /** The number that Tab stops at: at first that of the paragraph under the eye. */
  mark(paragraph) {
    if (!paragraph) return undefined;
    if (this.marked) Object.assign(this.marked, { tabIndex: -1, ariaHidden: "true" });
    const ariaLabel = this.dataset.label.replace("{point}", paragraph.label);
    return (this.marked = Object.assign(paragraph.link, { tabIndex: 0, ariaHidden: null, ariaLabel }));
  }
});
