// Copies the address of a paragraph, or bookmarks it: from its number in the margin, by keyboard (one tab stop, up and down),
// and from a selection in it, whose words can be tagged. Its bar says what was done; the words stand in the template.
// Characters that can be tagged at once; ms for which a selection has to rest.
const WORDS = 200, PAUSE = 200;

customElements.define("paragraph-tools", class extends HTMLElement {
  connectedCallback() {
    this.bar = this.querySelector(".paragraph-bar");
    this.said = this.bar.querySelector("[role=status]");
    this.actions = this.bar.querySelector("[hidden]");
    this.address = this.actions.querySelector("input");
    this.addEventListener("click", (event) => this.click(event));
    document.addEventListener("selectionchange", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.select(), PAUSE);
    });
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

  /** A few words of one paragraph; where the margin has no numbers, or no pointer can hover over them, any selection. */
  select() {
    const { isCollapsed, anchorNode, focusNode } = getSelection();
    const paragraph = isCollapsed ? undefined : this.of(anchorNode);
    if (!paragraph) return;
    const range = getSelection().getRangeAt(0).cloneRange(), size = this.count(range);
    const isWords = paragraph === this.of(focusNode) && size <= WORDS && `${range}`.trim();
    const hasNumber = paragraph.link.getClientRects().length && matchMedia("(hover: hover)").matches;
    if (!isWords && hasNumber) return;
    if (this.actions.hidden || paragraph !== this.chosen) this.open(paragraph);
    range.setStart(paragraph.element, 0);
    const end = this.count(range), words = isWords ? `&start=${end - size}&end=${end}` : "";
    this.actions.querySelector("[data-tag]").search = `?at=${paragraph.label}${words}`;
  }

  /** Characters of the plain text as the site counts them: a line end is one, and so is what lies beyond 16 bits. */
  count(range) {
    const part = range.cloneContents();
    for (const end of part.querySelectorAll("br")) end.replaceWith("\n");
    return [...part.textContent].length;
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
