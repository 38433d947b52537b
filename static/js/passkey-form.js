// <passkey-form data-do="create|get"> asks the browser for a passkey when its form is sent, and sends the answer along.
// What to ask is in the JSON element named by data-options, or comes from data-url.
const FROM = ["challenge", "id"];

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const words = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// Challenges and ids travel as text; the browser wants bytes.
function asked(value, key = "") {
  if (typeof value === "string") return FROM.includes(key) ? bytes(value) : value;
  if (Array.isArray(value)) return value.map((one) => asked(one));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === "rp" ? one : asked(one, name)]));
}

function answer(credential) {
  const { response } = credential;
  const said = { clientDataJSON: words(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) said[name] = words(response[name]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: words(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: said,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

class PasskeyForm extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.form = this.querySelector("form");
    this.form.querySelector("button").hidden = false;
    this.form.addEventListener("submit", (event) => this.ask(event));
  }

  async ask(event) {
    event.preventDefault();
    this.say("");
    try {
      const { publicKey } = await this.options();
      const credential = this.dataset.do === "create"
        ? await navigator.credentials.create({ publicKey: this.creation(asked(publicKey)) })
        : await navigator.credentials.get({ publicKey: asked(publicKey) });
      this.form.elements.credential.value = JSON.stringify(answer(credential));
      this.form.submit();
    } catch (error) {
      this.say(error.name === "InvalidStateError" ? "known" : error instanceof DOMException ? "refused" : "failed");
    }
  }

  async options() {
    if (!this.dataset.url) {
      const all = JSON.parse(document.getElementById(this.dataset.options).textContent);
      return all.creation_options || all.request_options;
    }
    const response = await fetch(this.dataset.url, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).request_options;
  }

  // Without a password the key must know its owner; as a second step it need not.
  creation(publicKey) {
    const alone = this.form.elements.passwordless?.checked ?? false;
    const wanted = publicKey.authenticatorSelection ??= {};
    wanted.residentKey = alone ? "required" : "discouraged";
    wanted.requireResidentKey = alone;
    if (alone) wanted.userVerification = "required";
    return publicKey;
  }

  say(what) {
    const place = this.querySelector(".passkey-said");
    place.textContent = what ? place.dataset[what] : "";
    place.hidden = !what;
  }
}

customElements.define("passkey-form", PasskeyForm);
