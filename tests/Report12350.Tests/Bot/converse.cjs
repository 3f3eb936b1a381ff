// Files a report with botframework-directlinejs as it comes from npm, and says what passes. What a browser has and node lacks is put beside it.
const { WebSocket } = require("ws");

globalThis.self = globalThis;
globalThis.WebSocket = WebSocket;
globalThis.XMLHttpRequest = class {
  open(method, url) { Object.assign(this, { method, url, sent: new Headers(), readyState: 1 }); }
  setRequestHeader(name, value) { this.sent.set(name, value); }
  getResponseHeader(name) { return this.headers?.get(name) ?? null; }
  getAllResponseHeaders() { return ""; }
  abort() { this.stopped = true; }
  send(body) {
    fetch(this.url, { method: this.method, headers: this.sent, body: this.method === "GET" ? undefined : body }).then(async (answer) => {
      const bytes = await answer.arrayBuffer();
      const text = () => new TextDecoder().decode(bytes);
      if (this.stopped) return;
      Object.assign(this, { readyState: 4, status: answer.status, headers: answer.headers });
      this.response = this.responseType === "arraybuffer" ? bytes : this.responseType === "json" ? JSON.parse(text() || "null") : text();
      if (this.responseType !== "arraybuffer" && this.responseType !== "json") this.responseText = this.response;
      this.onreadystatechange?.();
      this.onload?.();
    }, (error) => this.onerror?.(error));
  }
};

const { DirectLine } = require("botframework-directlinejs/dist/directline.js");
const [site, way, ...answers] = process.argv.slice(2);
const say = (word, what) => process.stdout.write(`${word} ${JSON.stringify(what)}\n`);
const photo = Uint8Array.from(atob(process.env.PHOTO), (letter) => letter.charCodeAt(0));

async function main() {
  const domain = `${site}/v3/directline`;
  const token = await (await fetch(`${domain}/tokens/generate`, { method: "POST", body: JSON.stringify({ user: { id: "dl_node" } }) })).json();
  const line = new DirectLine({ token: token.token, domain, webSocket: way === "websocket", pollingInterval: 200 });
  const post = (activity) => line.postActivity({ type: "message", locale: "zh-CN", from: { id: "somebody" }, ...activity }).subscribe((id) => say("posted", id), (error) => say("error", `${error.status}`));
  let next = 0;
  let quiet;
  const answer = () => {
    if (next === answers.length) return;
    const said = answers[next++];
    if (said === "photo") post({ text: "", attachments: [{ contentType: "image/png", name: "现场.png", contentUrl: URL.createObjectURL(new Blob([photo], { type: "image/png" })) }] });
    else post({ text: said, channelData: { clientActivityID: `id-${next}`, mine: "也留着" }, unknownField: { kept: true } });
  };
  line.connectionStatus$.subscribe((status) => say("status", status));
  line.activity$.subscribe((activity) => {
    say("activity", activity);
    clearTimeout(quiet);
    if (activity.from.role === "bot") quiet = setTimeout(answer, 150); // the turn is over
  }, (error) => say("error", `${error}`));
}

main();
