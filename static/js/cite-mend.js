// <cite-mend> beside a part of the preview that nothing dates: a button that puts a citation where the part ends in the text.
// What it cites is what was cited last above it, or else the paragraph that was read last.
const CITED = /\{([0-9]+(?::[0-9.]+)?)\}/g;
const STAMP = / *\{since [^{}\n]*\}$/;

customElements.define("cite-mend", class extends HTMLElement {
  connectedCallback() {
    this.editor = this.closest("form")?.querySelector("wiki-editor");
    const at = this.editor ? this.place() : null, above = at ? this.editor.field.value.slice(0, at.start) : "";
    const point = [...above.matchAll(CITED)].at(-1)?.[1] ?? this.dataset.point;
    if (!at || !point) return;
    const words = this.dataset.label.replace("{point}", point);
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
    button.addEventListener("click", () => this.mend(point));
    this.replaceChildren(button);
  }

  /** From where to where the citation goes, in the place of a stamp: at the end of that line, or of the nearest one like it. */
  place() {
    const { line, words } = this.dataset, found = [];
    let start = 0;
    this.editor.field.value.split("\n").forEach((text, index) => {
      const ended = text.trimEnd();
      if (ended.endsWith(words)) found.push({ start: start + ended.replace(STAMP, "").length, end: start + ended.length, far: Math.abs(index + 1 - line) });
      start += text.length + 1;
    });
    return found.sort((one, other) => one.far - other.far)[0];
  }

  mend(point) {
    const at = this.place();
    if (at) this.editor.insert(` {${point}}`, at.start, at.end);
  }
});
