// <edit-rows> around the rows of a form: without scripts three empty ones stand at the end, with scripts one adds and takes
// out rows by hand, and portraits are chosen from one's files.
customElements.define("edit-rows", class extends HTMLElement {
  connectedCallback() {
    const spare = [...this.querySelectorAll(".edit-row[data-new]")];
    this.pattern = spare[0].cloneNode(true);
    this.next = 1 + Math.max(...this.rows.map((row) => this.number(row)));
    const isBare = spare.length === this.rows.length && !this.dataset.upload;
    for (const row of spare.slice(isBare ? 1 : 0)) row.remove();
    for (const row of this.rows) this.dress(row, !row.matches("[data-new]"));
    this.adder = this.button("link", this.dataset.add ?? this.dataset.choose, () => (this.dataset.upload ? this.input.click() : this.add(true)));
    this.append(this.adder);
    if (this.dataset.upload) this.takePictures();
  }

  get rows() {
    return [...this.querySelectorAll(".edit-row")];
  }

  number(row) {
    return Number(row.querySelector("[name]").name.split("-")[1]);
  }

  button(className, words, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className, textContent: words });
    button.addEventListener("click", act);
    return button;
  }

  /** On a phone a row is one line that opens; a new one, or one with something wrong, is open. */
  fold(row, isFolded) {
    const words = document.createElement("span"), note = Object.assign(document.createElement("span"), { className: "edit-fold-note" });
    const button = this.button("edit-fold", "", () => set(!row.classList.contains("is-folded")));
    const set = (isShut) => {
      row.classList.toggle("is-folded", isShut);
      button.ariaExpanded = !isShut;
    };
    const tell = () => {
      const [name, ...rest] = [...row.querySelectorAll(".field > :is(input, select)")].slice(0, 3);
      words.textContent = name.value || this.dataset.empty;
      note.textContent = rest.map((field) => (field.matches("select") ? field.selectedOptions[0].textContent : field.value)).filter((one) => one && one.length < 24).join(" · ");
    };
    button.append(words, " ", note);
    row.prepend(button);
    row.addEventListener("input", tell);
    tell();
    set(isFolded);
  }

  dress(row, isFolded = false) {
    this.fold(row, isFolded && !row.matches(".field-wrong"));
    if (!this.dataset.remove) return;
    const name = row.querySelector(".field > input");
    const button = this.button("icon-button edit-rows-out", "×", () => this.take(row));
    const label = () => (button.ariaLabel = this.dataset.remove.replace("{name}", name.value || this.dataset.empty));
    name.addEventListener("input", label);
    label();
    row.querySelector("details")?.before(button);
  }

  /** A new row, numbered after all others, or with the number that a draft knows it by. */
  add(isFocused = false, number = this.next) {
    const row = this.pattern.cloneNode(true), { sort } = this.dataset;
    const old = new RegExp(`\\b${sort}-[0-9]+\\b`), fresh = `${sort}-${number}`;
    for (const one of [row, ...row.querySelectorAll("[id], [name], [for]")]) {
      for (const at of ["id", "name", "for"]) {
        if (one.hasAttribute(at)) one.setAttribute(at, one.getAttribute(at).replace(old, fresh));
      }
    }
    this.next = Math.max(this.next, number + 1);
    this.adder.before(row);
    this.dress(row);
    if (isFocused) row.querySelector(".field > input").focus();
    return row;
  }

  take(row) {
    const neighbour = row.nextElementSibling?.querySelector("input:not([type=hidden])") ?? this.adder;
    row.remove();
    neighbour.focus();
    this.dispatchEvent(new Event("rows", { bubbles: true }));
  }

  takePictures() {
    const said = Object.assign(document.createElement("p"), { className: "edit-status", role: "status" });
    this.input = Object.assign(document.createElement("input"), { type: "file", accept: "image/png,image/jpeg,image/webp,image/gif", hidden: true });
    this.append(said, this.input);
    this.input.addEventListener("change", async () => {
      const [file] = this.input.files, body = new FormData(), { sending, failed, upload } = this.dataset;
      if (!file) return;
      body.append("image", file);
      body.append("csrfmiddlewaretoken", this.closest("form").elements.csrfmiddlewaretoken.value);
      said.textContent = sending;
      const headers = { "X-Requested-With": "fetch" };
      const told = await fetch(upload, { method: "POST", body, headers }).then((answer) => answer.json()).catch(() => ({}));
      const [, image] = /\(image:([^)\s]+)/.exec(told.image_code ?? "") ?? [];
      said.textContent = image ? "" : told.error ?? failed;
      this.input.value = "";
      if (image) this.add(true).querySelector("[name$=-image]").value = image;
      this.dispatchEvent(new Event("rows", { bubbles: true }));
    });
  }
});
