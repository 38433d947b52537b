// <wiki-editor> around the field for an entry's text: shows its toolbar, and puts words in so that Undo takes them out.
// What markdownx's own script did is done here and by <wiki-offers>, <wiki-pictures> and <live-preview>; no key is taken
// away: Tab and Escape leave the field.
customElements.define("wiki-editor", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.status = this.querySelector(".edit-status");
    const tools = this.querySelector("markdown-toolbar");
    tools.hidden = false;
    tools.addEventListener("click", ({ target }) => this.use(target.closest("[data-do]")?.dataset.do));
    // The buttons of the toolbar's own are not of the browser's kind: Space and Enter press them all the same.
    this.field.addEventListener("input", () => this.grow());
    this.grow();
  }

  /** Put text in the place of what stands from `start` to `end`, as if it were typed. */
  insert(text, start = this.field.selectionStart, end = this.field.selectionEnd) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, end);
    if (document.execCommand("insertText", false, text)) return;
    this.field.setRangeText(text, start, end, "end");
    this.field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
  }

  say(words) {
    this.status.textContent = words;
  }

  use(tool) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    const chosen = value.slice(start, end);
    if (tool === "link") this.insert(chosen && !chosen.includes("\n") ? `[[${chosen}]]` : "[[", start, end);
    if (tool === "cite") this.insert(`${/[\s{]$|^$/.test(value.slice(0, end)) ? "" : " "}{`, end, end);
    if (tool === "picture") this.querySelector("wiki-pictures").choose();
  }

  /** As high as its text, up to most of the window. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    const { style, scrollHeight } = this.field;
    style.height = `${Math.min(Math.max(scrollHeight + 2, 260), innerHeight * 0.8)}px`;
  }
});
