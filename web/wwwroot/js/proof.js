// Verifies a filing proof in the browser, so that it also works without a network. Where the browser knows no Ed25519 the form is sent as it is.
const form = document.getElementById("proof");
const text = form.elements.Proof;
const shown = document.getElementById("proof-finding");
const title = "Report12350 filing proof 1";
const names = ["number", "filed", "content", "key", "signature"];
const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

// The same form as on the server: title, each name once in its order, the signature last and over all before it.
function parse(said) {
  const lines = said.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const values = lines.slice(1).map((line) => line.split(": "));
  if (lines[0] !== title || values.length !== names.length || values.some(([name, ...rest], at) => name !== names[at] || rest.length !== 1)) return null;
  const proof = Object.fromEntries(values);
  if (!/^[A-Za-z0-9+/]{85}[AQgw]==$/.test(proof.signature)) return null;
  return { ...proof, signed: new TextEncoder().encode(lines.slice(0, -1).join("\n") + "\n") };
}

async function check(said) {
  const proof = parse(said);
  if (!proof) return ["notaproof"];
  if (proof.key !== form.dataset.keyId) return ["otherkey"];
  const key = await crypto.subtle.importKey("raw", bytesOf(form.dataset.key), "Ed25519", false, ["verify"]);
  return (await crypto.subtle.verify("Ed25519", key, bytesOf(proof.signature), proof.signed)) ? ["genuine", proof] : ["altered"];
}

function show(state, proof) {
  const local = proof && new Date(Date.parse(proof.filed) + form.dataset.offset * 60000).toISOString().slice(0, 19).replace("T", " ");
  shown.querySelector("strong").textContent = form.dataset[state];
  shown.querySelector("dl").hidden = !proof;
  for (const [name, value] of [["number", proof?.number], ["filed", local], ["content", proof?.content]])
    shown.querySelector(`[data-proof="${name}"]`).textContent = value ?? "";
  shown.hidden = false;
  shown.focus();
}

form.addEventListener("submit", async (event) => {
  if (text.value.trim() === "") return;
  event.preventDefault();
  try {
    show(...await check(text.value));
  } catch {
    form.submit();
  }
});

const file = document.getElementById("proof-file");
file.addEventListener("change", async () => {
  if (file.files[0]?.size <= text.dataset.count) text.value = await file.files[0].text();
});
document.getElementById("proof-pick").hidden = false;
