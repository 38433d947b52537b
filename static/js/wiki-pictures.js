// <wiki-pictures> around a field: pictures that are pasted, dropped or chosen are sent, and stand in the text when they
// have come. What goes wrong is said in one sentence below the field; nothing of it is written into the text.
customElements.define("wiki-pictures", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea");
    this.url = this.field.dataset.markdownxUploadUrlsPath;
    this.input = Object.assign(document.createElement("input"), { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", hidden: true });
    this.append(this.input);
    this.input.addEventListener("change", () => this.send([...this.input.files]).then(() => (this.input.value = "")));
    this.field.addEventListener("paste", (event) => this.bring(event, event.clipboardData));
    this.field.addEventListener("drop", (event) => this.bring(event, event.dataTransfer));
    this.field.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  }

  choose() {
    this.input.click();
  }

  /** Text that comes along with a picture (from a word processor, say) is what was meant. */
  bring(event, { files, types }) {
    const pictures = [...files].filter(({ type }) => type.startsWith("image/"));
    if (!pictures.length || types.includes("text/plain")) return;
    event.preventDefault();
    this.send(pictures);
  }

  async send(files) {
    const editor = this.closest("wiki-editor");
    for (const file of files) {
      editor.say(this.dataset.sending);
      this.field.ariaBusy = "true";
      const { image_code: code, error } = await this.post(file);
      this.field.ariaBusy = null;
      editor.say(error ?? "");
      if (code) this.put(code.trim());
      else if (!error) editor.say(this.dataset.failed);
    }
  }

  async post(file) {
    const body = new FormData();
    body.append("image", file);
    body.append("csrfmiddlewaretoken", this.closest("form").elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(this.url, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      return answer.redirected ? {} : await answer.json();
    } catch {
      return {};
    }
  }

  /** In a paragraph of its own, with the words for it chosen, so that typing says what it shows. */
  put(code) {
    const before = this.field.value.slice(0, this.field.selectionStart);
    const gap = before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
    this.closest("wiki-editor").insert(`${gap}${code}\n`);
    const start = this.field.selectionStart - code.length - 1 + code.indexOf("[") + 1;
    this.field.setSelectionRange(start, start + code.indexOf("]") - code.indexOf("[") - 1);
  }
});
